# Don't do this: each change of the program runs the dependency step again.
FROM busybox:stable
COPY app.sh requirements.txt /app/
RUN cat /proc/sys/kernel/random/uuid >/dependencies
CMD ["sh", "/app/app.sh"]
