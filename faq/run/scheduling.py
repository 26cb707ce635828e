"""How pytest-xdist hands the tests to its workers."""

from xdist.scheduler import LoadScopeScheduling


class ByEngine(LoadScopeScheduling):
    """All claims of an engine to one worker, so that the engines are asked side by side.

    xdist's own `loadgroup` does not group with pytest 9.2 (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        path, _, engine = nodeid.partition("[")
        return engine or path.partition("::")[0]
