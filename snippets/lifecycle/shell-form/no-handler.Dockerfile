# Don't do this: tail has no handler for SIGTERM.
FROM debian:bookworm-slim
RUN echo ready >/log
CMD ["tail", "-f", "/log"]
