FROM debian:bookworm-slim
RUN useradd --uid 10001 app && mkdir /data && chown app /data
USER app
WORKDIR /data
CMD ["id"]
