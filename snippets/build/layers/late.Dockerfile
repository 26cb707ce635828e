FROM busybox:stable
COPY requirements.txt /app/
RUN cat /proc/sys/kernel/random/uuid >/dependencies
COPY app.sh /app/
CMD ["sh", "/app/app.sh"]
