# A Dockerfile with a space between << and the heredoc's name.
cat >my.Dockerfile <<'DOCKERFILE'
FROM busybox:stable
RUN << EOF
echo hello >/greeting
EOF
DOCKERFILE
docker build --tag faq-space --file my.Dockerfile .
