# Don't do this: each change of the program installs the packages again.
FROM debian:bookworm-slim
WORKDIR /app
COPY . .
RUN apt-get update && xargs apt-get install -y --no-install-recommends <packages.txt \
 && rm -rf /var/lib/apt/lists/*

CMD ["sh", "app.sh"]
