# Don't do this: in shell form, the ENTRYPOINT ignores CMD and arguments.
FROM debian:bookworm-slim
# hadolint ignore=DL3025
ENTRYPOINT echo hello
CMD ["world"]
