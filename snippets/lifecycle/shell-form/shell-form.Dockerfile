# Don't do this: the shell stays in front of the program, and docker stop has to kill both.
FROM debian:bookworm-slim
COPY server.sh /
RUN chmod +x /server.sh
# hadolint ignore=DL3025
CMD /server.sh
