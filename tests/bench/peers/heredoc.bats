# The claims of build/heredoc that peers are measured with; ENGINE is a container of the lab.
engine() { docker exec "$ENGINE" sh -c "cd /work && $1"; }

setup() { engine "rm -rf /work/* && cp -r /snippets/build/heredoc/. /work"; }

teardown() { engine "sh clean.sh"; }

@test "COPY heredoc writes a file" {
  run engine "DOCKER_BUILDKIT=1 sh build.sh copy"
  if [ "$COLUMN" = 20.10 ]; then [ "$status" -ne 0 ]; return; fi
  [ "$status" -eq 0 ]
  run engine "sh show.sh copy /expanded /literal"
  [ "${lines[0]}" = "hello you" ]
  [ "${lines[1]}" = 'hello $NAME' ]
}

@test "set -e stops at the failure" {
  run engine "DOCKER_BUILDKIT=1 sh build.sh set-e"
  [ "$status" -eq 1 ]
  run engine "DOCKER_BUILDKIT=1 sh build.sh no-set-e"
  if [ "$COLUMN" = 20.10 ]; then [ "$status" -ne 0 ]; return; fi
  [ "$status" -eq 0 ]
  [ -n "$(engine 'docker images --quiet faq-no-set-e')" ]
  [ -z "$(engine 'docker images --quiet faq-set-e')" ]
}

@test "a space is an error from 23.0 until 28.2" {
  run engine "DOCKER_BUILDKIT=1 sh space.sh"
  if [ "$COLUMN" = 26.1 ]; then
    [ "$status" -eq 1 ]
    [[ "$output" == *"unknown instruction: echo"* ]]
    engine "DOCKER_BUILDKIT=1 sh no-space.sh"
  elif [ "$COLUMN" != 20.10 ]; then
    [ "$status" -eq 0 ]
  fi
}
