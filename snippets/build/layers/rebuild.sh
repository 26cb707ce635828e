# Build, change a file, build again; print the dependencies of each: sh rebuild.sh late app.sh
tag="faq-$1-$(basename "$2" | cut -d . -f 1)"
for build in first second; do
  echo "# $build build, $(cat /proc/sys/kernel/random/uuid)" >>"$2"
  docker build --quiet --tag "$tag-$build" --file "$1.Dockerfile" . >/dev/null
  docker run --rm "$tag-$build" cat /dependencies
done
