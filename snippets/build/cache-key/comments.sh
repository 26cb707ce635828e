# Add a comment and a blank line above a RUN, a comment inside it, and one at
# its end; print the last layer of each build.
number=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
build() {
  printf 'FROM busybox:stable\nENV NUMBER=%s\n%b' "$number" "$1" \
    >Dockerfile
  docker build --quiet --tag faq-comment . >/dev/null
  docker image inspect --format '{{join .RootFS.Layers "\n"}}' faq-comment |
    tail -n 1
}
build 'RUN true && \\\n cat /proc/sys/kernel/random/uuid >/random\n'
build '# new\n\nRUN true && \\\n cat /proc/sys/kernel/random/uuid >/random\n'
build 'RUN true && \\\n# new\n cat /proc/sys/kernel/random/uuid >/random\n'
build 'RUN true && \\\n cat /proc/sys/kernel/random/uuid >/random # new\n'
