FROM debian:bookworm-slim
COPY server.sh /
RUN chmod +x /server.sh
# hadolint ignore=DL3025
CMD cd /tmp && exec /server.sh
