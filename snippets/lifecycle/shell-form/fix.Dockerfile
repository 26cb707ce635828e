FROM debian:bookworm-slim
COPY server.sh /
RUN chmod +x /server.sh
CMD ["/server.sh"]
