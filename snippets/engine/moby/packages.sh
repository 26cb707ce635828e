# Count how often the name of a Go package stands in a program: sh packages.sh PROGRAM PACKAGE…
program=$1
shift
for package in "$@"; do
  count=$(grep --text --only-matching --fixed-strings "$package" "$(command -v "$program")" | wc -l)
  echo "$package $count"
done
