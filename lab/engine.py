"""One engine of the lab, as a claim uses it."""

import json
import re
import shlex
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Any, Self
from uuid import uuid4

from lab import bootstrap, compose
from lab.steps import LabError

SNIPPETS = Path(__file__).parent.parent / "snippets"
# Runs "$2" for at most "$1" seconds. The mark at the end tells "the command ended" from "the
# engine died under it": without it there is no exit code, only an error.
RUN = 'timeout -k 5 "$1" sh -c "$2" sh "$3"; code=$?; printf "\\0%d" "$code" >&2'
# Ends the command that was run with this "$3", no other. `timeout` leads a process group: its
# end takes along all that the command has started.
STOP = 'pgrep -f "^timeout .* $1\\$" | sed s/^/-/ | xargs -r kill -KILL --'
CLAIM_SECONDS = 900
OUTPUT_BYTES = 16 << 20
RESOURCES = {
    "container": "containers/json?all=1",
    "network": "networks",
    "volume": "volumes",
    "image": "images/json?all=1",
}


class EngineError(LabError):
    """A command could not be run to its end, or failed where nobody asked for its exit code."""


@dataclass(frozen=True)
class Result:
    """What a command in the engine did."""

    code: int
    stdout: str
    stderr: str
    text: str
    """Both streams in the order they came, as on a terminal."""
    seconds: float

    @property
    def out(self) -> str:
        """Standard output without surrounding white space."""
        return self.stdout.strip()

    def json(self) -> Any:
        """Standard output, parsed."""
        return json.loads(self.stdout)


class Engine:
    """A running Docker Engine; commands run beside it, with its own release's CLI."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.container = compose.container(service)
        self.deadline = float("inf")
        self.clean = True

    def run(
        self,
        command: str,
        *,
        check: bool = True,
        timeout: float = 120,
        stdin: bytes = b"",
    ) -> Result:
        """Run a shell command on the engine's host.

        Args:
            check: whether an exit code other than 0 is an error of the claim.
            timeout: seconds until the command counts as hung, always an error; never more than
                the claim has left of its `CLAIM_SECONDS`.

        Raises:
            EngineError: it hung, it printed more than `OUTPUT_BYTES`, it failed (with `check`),
                or the engine went away.

        """
        started = time.monotonic()
        timeout = max(1, min(timeout, self.deadline - started))
        shell = ["docker", "exec", "-i", self.container, "sh", "-c"]
        token = uuid4().hex
        try:
            code, streams = communicate([*shell, RUN, "sh", str(timeout), command, token], stdin)
        except OverflowError as error:
            subprocess.run([*shell, STOP, "sh", token], capture_output=True)
            raise EngineError(f"{self}: `{command}` {error}") from None
        seconds = time.monotonic() - started
        stderr, mark, inner = streams.pop("stderr").rpartition("\0")
        if not mark:
            raise EngineError(f"{self} went away during `{command}`: {inner.strip()} ({code})")
        # Standard output may arrive after the mark, which ends standard error.
        before, _, after = streams["text"].rpartition(mark + inner)
        result = Result(int(inner), streams["stdout"], stderr, before + after, seconds)
        if result.code in (124, 137) and seconds >= timeout:
            raise EngineError(
                f"{self}: `{command}` hung for {timeout:.0f} s "
                f"(a claim has {CLAIM_SECONDS} s in all)\n{result.text}"
            )
        if check and result.code:
            raise EngineError(f"{self}: `{command}` ended with {result.code}\n{result.text}")
        return result

    def __str__(self) -> str:
        return f"engine {self.__dict__.get('line', self.service)}"

    def ready(self) -> Self:
        """Put the base images and all snippets into it."""
        for base in compose.BASES:
            self.run(f"docker image inspect {base} || docker pull {base}")
        # Through the API, as nothing of the host is mounted: any engine will do for the lab.
        copy = ["docker", "cp", "--quiet", f"{SNIPPETS}/.", f"{self.container}:/snippets"]
        subprocess.run(copy, check=True)
        return self

    @cached_property
    def info(self) -> dict[str, Any]:
        """What the daemon says of itself, and what stands around it."""
        asked = self.run(
            "docker version --format '{{json .}}' && docker info --format '{{json .}}'; "
            "docker buildx version 2>/dev/null || true"
        )
        versions, info, buildx = [*asked.stdout.splitlines(), ""][:3]
        versions, info = json.loads(versions), json.loads(info)
        driver = dict(info["DriverStatus"]).get("driver-type", "")
        return {
            "service": self.service,
            "version": versions["Server"]["Version"],
            "API": versions["Server"]["ApiVersion"],
            "storage driver": info["Driver"],
            "image store": "containerd" if "containerd" in driver else "classic",
            "builder": f"BuildKit, buildx {buildx.split()[1]}"
            if buildx
            else "legacy, BuildKit with DOCKER_BUILDKIT=1",
            "kernel": info["KernelVersion"],
            "cgroup version": info.get("CgroupVersion", "1"),
            "security options": [
                option.removeprefix("name=") for option in info["SecurityOptions"]
            ],
            "base images": base_images(),
        }

    @cached_property
    def line(self) -> str:
        """The column: the release line, and the image store where it is not the classic one."""
        return release_line(self.info)

    def begin(self, claim: str, entry: str) -> dict[str, set[str]]:
        """Note that a claim begins, give it a fresh copy of its snippets; what is there now."""
        self.deadline = time.monotonic() + CLAIM_SECONDS
        self.clean = False
        script = f"""
            echo {shlex.quote(claim)} >/run/claim
            rm -rf /work && cp -r /snippets/{entry} /work
        """
        return self.inventory(script)

    def end(self, entry: str, before: dict[str, set[str]]) -> list[str]:
        """Clean up as the reader would (`clean.sh`); what the claim left behind all the same.

        What it left is removed as well, so that the next claim starts from the same state.
        """
        self.deadline = float("inf")
        script = f"""
            rm -rf /work && cp -r /snippets/{entry} /work && cd /work
            [ ! -e clean.sh ] || sh clean.sh >/dev/null 2>&1
        """
        after = self.inventory(script)
        left = {kind: sorted(after[kind] - before[kind]) for kind in after}
        # Unnamed images are the legacy builder's cache, as BuildKit has one of its own.
        if any("<none>" in name for name in left["image"]):
            self.run("docker image prune --force >/dev/null")
            left["image"] = sorted(self.inventory("")["image"] - before["image"])
        gone = [f"firewall rule {rule}" for rule in sorted(before["firewall"] - after["firewall"])]
        leaks = [f"{kind} {name}" for kind, names in left.items() for name in names]
        self.remove(left)
        self.clean = True
        return leaks + [f"removed {rule}" for rule in gone]

    def release(self) -> None:
        """Note that no claim is under way; an engine whose last one did not end stays marked."""
        if self.clean:
            with suppress(EngineError):  # it has gone away: nothing to note
                self.run("rm -f /run/claim")

    def inventory(self, script: str) -> dict[str, set[str]]:
        """Run `script`, then list all that a claim could leave behind, by kind."""
        urls = " ".join(shlex.quote(f"http://d/{path}") for path in RESOURCES.values())
        listing = self.run(
            f"""{script}
            cd /
            curl -fsS --unix-socket /var/run/docker.sock -w '\\n' {urls} || exit
            printf '\\f'; ip netns list
            printf '\\f'; pgrep -a dockerd
            printf '\\f'; iptables -S
            iptables -t nat -S | grep -v -e DOCKER_OUTPUT -e DOCKER_POSTROUTING
            """,
        ).stdout
        answers, *others = listing.split("\f")
        parsed = [json.loads(line) for line in answers.splitlines() if line]
        found = {kind: names(kind, answer) for kind, answer in zip(RESOURCES, parsed, strict=True)}
        for kind, lines in zip(("network namespace", "daemon", "firewall"), others, strict=True):
            found[kind] = set(lines.splitlines())
        return found

    def remove(self, left: dict[str, list[str]]) -> None:
        """Remove what a claim left behind."""
        verbs = {
            "container": "rm --force --volumes",
            "network": "network rm",
            "volume": "volume rm",
            "image": "rmi --force",
        }
        for kind, verb in verbs.items():
            if left[kind]:
                self.run(f"docker {verb} {shlex.join(left[kind])}", check=False)


def release_line(info: dict[str, Any]) -> str:
    """The column of an engine, `28.5` or `28.5-containerd`, from what its daemon says."""
    match = re.match(r"\d+\.\d+", info["version"])
    if not match:
        raise LabError(f"the engine's version makes no release line: {info['version']!r}")
    return match[0] + ("-containerd" if info["image store"] == "containerd" else "")


def names(kind: str, answer: Any) -> set[str]:
    """What the API's listing of a kind of resource calls its members."""
    if kind == "container":
        return {item["Names"][0].lstrip("/") for item in answer}
    if kind == "image":
        return {name for item in answer for name in image_names(item)}
    return {item["Name"] for item in (answer["Volumes"] or [] if kind == "volume" else answer)}


def image_names(item: Any) -> list[str]:
    """The tags of an image; its id where it has none, which 20.10 calls `<none>:<none>`."""
    tags = [tag for tag in item["RepoTags"] or [] if tag != "<none>:<none>"]
    return tags or [f"<none> {item['Id']}"]


def base_images() -> dict[str, str]:
    """Which base images the claims build on, and where each came from."""
    return {name: origin(bootstrap.inspect(name)) for name in compose.BASES}


def origin(image: dict[str, Any] | None) -> str:
    """Where an image came from: its digest in a registry, or how it was made here."""
    if not image:
        return "missing"
    labels = image["Config"].get("Labels") or {}
    return str(labels.get("origin") or (image["RepoDigests"] or ["unknown"])[0])


def communicate(command: list[str], stdin: bytes) -> tuple[int, dict[str, str]]:
    """Run a command; its exit code, and its output by stream and in the order it came.

    Raises:
        OverflowError: it printed more than `OUTPUT_BYTES`, and was killed for it.

    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if process.stdin:
        process.stdin.write(stdin)
        process.stdin.close()
    chunks: list[tuple[str, bytes]] = []
    left = OUTPUT_BYTES
    with process, DefaultSelector() as selector:
        selector.register(process.stdout, EVENT_READ, "stdout")  # type: ignore[arg-type]
        selector.register(process.stderr, EVENT_READ, "stderr")  # type: ignore[arg-type]
        while selector.get_map():
            for key, _ in selector.select():
                if chunk := key.fileobj.read1(65536):  # type: ignore[union-attr]
                    chunks.append((key.data, chunk))
                    left -= len(chunk)
                    if left < 0:
                        process.kill()
                        raise OverflowError(f"printed more than {OUTPUT_BYTES >> 20} MB")
                else:
                    selector.unregister(key.fileobj)

    def text(*streams: str) -> str:
        return b"".join(chunk for name, chunk in chunks if name in streams).decode(
            errors="replace",
        )

    return process.returncode, {
        "stdout": text("stdout"),
        "stderr": text("stderr"),
        "text": text("stdout", "stderr"),
    }
