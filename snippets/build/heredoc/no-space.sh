# The same Dockerfile without the space.
docker build --tag faq-no-space - <<'DOCKERFILE'
FROM busybox:stable
RUN <<EOF
echo hello >/greeting
EOF
DOCKERFILE
