FROM debian:bookworm-slim
WORKDIR /app
COPY packages.txt .
RUN apt-get update && xargs apt-get install -y --no-install-recommends <packages.txt \
 && rm -rf /var/lib/apt/lists/*
COPY . .
CMD ["sh", "app.sh"]
