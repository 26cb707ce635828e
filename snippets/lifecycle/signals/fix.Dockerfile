FROM debian:bookworm-slim
COPY fix-entrypoint.sh server.sh /
RUN chmod +x /server.sh
ENTRYPOINT ["sh", "/fix-entrypoint.sh"]
CMD ["/server.sh"]
