FROM debian:bookworm-slim
# hadolint ignore=DL3025
CMD ./server.sh
