# Print which Go source file a program starts in, as the compiler wrote it into the program.
for program in "$@"; do
  grep --text --only-matching --extended-regexp \
    'github\.com/[a-z]+/[a-z]+/(v[0-9]+/)?(cmd/[a-z0-9-]+/)?(main|docker)\.go' \
    "$(command -v "$program")" | sort --unique | sed "s#^#$program: #"
done
