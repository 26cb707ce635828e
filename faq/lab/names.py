"""What the lab's containers are called, and the images that claims build on."""

PROJECT = "container-faq"
BASES = ("debian:bookworm-slim", "busybox:stable")


def container(service: str) -> str:
    """The name of a service's container."""
    return f"{PROJECT}-{service}-1"
