# Build, change a file, build again; print the layers of each image, the base
# image's first: sh rebuild.sh late app.sh
tag="faq-$1-$(basename "$2" | cut -d . -f 1)"
for build in first second; do
  echo "# $build build, $(cat /proc/sys/kernel/random/uuid)" >>"$2"
  docker build --quiet --tag "$tag-$build" --file "$1.Dockerfile" . >/dev/null
  docker image inspect --format \
    "$build:{{range .RootFS.Layers}} {{slice . 7 19}}{{end}}" "$tag-$build"
done
