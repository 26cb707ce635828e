The claims of build/heredoc that peers are measured with; ENGINE is a container of the lab.
A transcript cannot say where a claim holds: this one is for 28.5.

  $ engine() { docker exec "$ENGINE" sh -c "cd /work && $1"; }
  $ engine "rm -rf /work/* && cp -r /snippets/build/heredoc/. /work"

COPY heredoc writes a file:

  $ engine "DOCKER_BUILDKIT=1 sh build.sh copy" >log 2>&1
  $ engine "sh show.sh copy /expanded /literal"
  hello you
  hello $NAME

With set -e the build stops at the failure, and no image is made; without it, it succeeds:

  $ engine "DOCKER_BUILDKIT=1 sh build.sh set-e" >log 2>&1
  [1]
  $ engine "docker images --quiet faq-set-e"
  $ engine "DOCKER_BUILDKIT=1 sh build.sh no-set-e" >log 2>&1
  $ engine "docker images --quiet faq-no-set-e"
  \w+ (re)

A space is allowed:

  $ engine "DOCKER_BUILDKIT=1 sh space.sh" >log 2>&1
  $ engine "DOCKER_BUILDKIT=1 sh no-space.sh" >log 2>&1
  $ engine "sh clean.sh" >log 2>&1
