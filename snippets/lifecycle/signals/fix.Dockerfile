FROM debian:bookworm-slim
COPY fix-entrypoint.sh /
ENTRYPOINT ["sh", "/fix-entrypoint.sh"]
CMD ["./server.sh"]
