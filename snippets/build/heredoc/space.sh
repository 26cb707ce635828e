# A Dockerfile with a space between << and the heredoc's name.
docker build --tag faq-space - <<'DOCKERFILE'
FROM busybox:stable
RUN << EOF
echo hello >/greeting
EOF
DOCKERFILE
