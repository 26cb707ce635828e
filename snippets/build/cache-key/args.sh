# Build with two values of an ARG that no step uses; print the layers before
# and after its line.
start=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
for value in 1 2; do
  docker build --quiet --tag faq-arg --file arg.Dockerfile \
    --build-arg "START=$start" --build-arg "VALUE=$value" . >/dev/null
  docker image inspect --format '{{join .RootFS.Layers "\n"}}' faq-arg |
    tail -n 2
done
