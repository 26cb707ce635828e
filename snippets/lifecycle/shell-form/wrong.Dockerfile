# Don't do this: the shell is PID 1 and does not forward SIGTERM.
FROM debian:bookworm-slim
COPY server.sh /
RUN chmod +x /server.sh
# hadolint ignore=DL3025
CMD /server.sh
