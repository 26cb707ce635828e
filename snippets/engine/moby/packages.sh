# Count how often a program contains the name of a Go package:
# sh packages.sh PROGRAM PACKAGE…
program=$(command -v "$1")
shift
for package in "$@"; do
  count=$(grep --text --only-matching --fixed-strings "$package" "$program" | wc -l)
  echo "$package $count"
done
