FROM debian:bookworm-slim
COPY server.sh /
RUN chmod +x /server.sh
SHELL ["/bin/bash", "-c"]
# hadolint ignore=DL3025
CMD cd /tmp && /server.sh
