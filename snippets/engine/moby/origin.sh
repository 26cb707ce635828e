# Print the Go source file that each program starts in, as the compiler left it
# in the program: sh origin.sh PROGRAM…
PATH=$PATH:/usr/libexec/docker/cli-plugins # where docker finds docker-buildx
for program in "$@"; do
  grep --text --only-matching --extended-regexp \
    'github\.com/[a-z]+/[a-z]+/(v[0-9]+/)?(cmd/[a-z0-9-]+/)?(main|main_linux|docker)\.go' \
    "$(command -v "$program")" | sort --unique | sed "s#^#$program: #"
done
