"""All snippets, as an engine gets them."""

import hashlib
import io
import subprocess
import tarfile
from functools import cache

from faq import ROOT

STORE = """
    [ ! -d "/snippets/$1" ] || exit 0
    mkdir -p /snippets/$$ && tar -x -C /snippets/$$ && mv -T /snippets/$$ "/snippets/$1" ||
      { rm -rf /snippets/$$; [ -d "/snippets/$1" ]; }
"""


def store_snippets(container: str) -> str:
    """Have all snippets beside an engine; the folder where they are.

    It is named by their content, as checkouts may share a lab. They come through the API, as
    nothing of the host is mounted: any engine will do for the lab.
    """
    archive, name = packed_snippets()
    copy = ["docker", "exec", "-i", container, "sh", "-c", STORE, "-", name]
    subprocess.run(copy, input=archive, check=True)
    return f"/snippets/{name}"


@cache
def packed_snippets() -> tuple[bytes, str]:
    """All snippets as a tar archive, and a name by their content."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.add(ROOT / "snippets", ".", filter=without_evidence)
    return packed.getvalue(), hashlib.sha256(packed.getvalue()).hexdigest()[:12]


def without_evidence(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """A file as the engine gets it: it is root's, and evidence is no snippet."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return None if member.name.endswith("/evidence.json") else member
