# Build with one secret, with another, and with --no-cache; print which one the
# step read.
start=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
build() {
  docker build --quiet --tag faq-secret --file secret.Dockerfile \
    --secret id=token,src=token --build-arg "START=$start" "$@" . >/dev/null
  docker run --rm faq-secret cat /seen
}
echo one >token
build
echo two >token
build
build --no-cache
