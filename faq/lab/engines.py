"""The engines of the lab, each as its program needs it."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from faq import columns
from faq.lab.docker_engine import DockerEngine
from faq.lab.engine import Engine
from faq.lab.locks import reserved
from faq.lab.podman import Podman

CLASSES: dict[str, type[Engine]] = {columns.DOCKER: DockerEngine, columns.PODMAN: Podman}


def engine_of(service: str) -> Engine:
    """The engine of a service of the lab, which has said what it is.

    It is asked while no claim runs there, so the caller must not have it reserved.
    """
    options = columns.services()[service].column or columns.ColumnOptions()
    engine = CLASSES[options.program](service)
    with reserved(service):
        _ = engine.info  # it is kept
    return engine


def services_by_column(services: Iterable[str]) -> dict[str, str]:
    """The services of the lab that are engines, by their column; all are asked at once."""
    with ThreadPoolExecutor() as pool:
        return {engine.line: engine.service for engine in pool.map(engine_of, services)}
