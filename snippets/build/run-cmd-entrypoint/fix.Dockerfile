FROM debian:bookworm-slim
ENTRYPOINT ["echo", "hello"]
CMD ["world"]
