# Don't do this: only the last of each counts.
FROM busybox:stable
ENTRYPOINT ["echo", "first"]
# hadolint ignore=DL4004
ENTRYPOINT ["echo", "second"]
CMD ["first"]
# hadolint ignore=DL4003
CMD ["second"]
