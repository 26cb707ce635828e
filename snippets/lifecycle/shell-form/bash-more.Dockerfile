# Don't do this: bash waits for the program, because another command follows.
FROM debian:bookworm-slim
COPY server.sh /
RUN chmod +x /server.sh
SHELL ["/bin/bash", "-c"]
# hadolint ignore=DL3025
CMD /server.sh && echo done
