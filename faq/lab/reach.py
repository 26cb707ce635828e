"""Which services can start here: the repository of Docker's own packages may be out of reach."""

import os
import re
import urllib.request
from contextlib import suppress
from functools import cache

from faq import columns
from faq.console import say

LEFT_OUT = "LAB_LEFT_OUT"
"""The variable that tells the workers of a run which services it leaves out."""
ANSWER_SECONDS = 3
SETTING = re.compile(r"\$\{(\w+):?-([^}]*)\}")


def with_settings(text: str) -> str:
    """A value of the compose file: a `${NAME-default}` in it is that variable, or its default."""
    return SETTING.sub(lambda match: os.environ.get(match[1], match[2]), text)


def left_out() -> set[str]:
    """The services whose packages are out of reach, decided once for a run and its workers."""
    if LEFT_OUT not in os.environ:
        missing = [name for name, service in columns.all_services().items() if is_out(service)]
        os.environ[LEFT_OUT] = " ".join(missing)
        if missing:
            say(f"left out, as their packages are out of reach: {', '.join(missing)}")
    return set(os.environ[LEFT_OUT].split())


def is_out(service: columns.Service) -> bool:
    """Whether a service is made of packages that are out of reach."""
    address = service.repository
    return address is not None and not answers_at(with_settings(address))


@cache
def answers_at(repository: str) -> bool:
    """Whether a package repository answers."""
    with suppress(OSError, ValueError):
        urllib.request.urlopen(f"{repository}/gpg", timeout=ANSWER_SECONDS).close()  # noqa: S310
        return True
    return False


def services_in_reach() -> dict[str, columns.Service]:
    """The services of the lab that can start here."""
    missing = left_out()
    services = columns.all_services().items()
    return {name: service for name, service in services if name not in missing}


def engines_for(topic: str) -> list[str]:
    """The services in reach that the claims of a topic are asked of."""
    return [name for name, service in services_in_reach().items() if service.answers(topic)]
