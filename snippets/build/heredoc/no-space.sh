# The same Dockerfile without the space.
cat >my.Dockerfile <<'DOCKERFILE'
FROM busybox:stable
RUN <<EOF
echo hello >/greeting
EOF
DOCKERFILE
docker build --tag faq-no-space --file my.Dockerfile .
