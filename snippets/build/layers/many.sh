# Add layers to a small image, one per COPY, and count all: sh many.sh 125
# Each image has a tag of its own, so that none loses it to the next.
{
  echo "FROM busybox:stable"
  i=0
  while [ "$i" -lt "$1" ]; do
    echo "COPY many.sh /$i"
    i=$((i + 1))
  done
} >many-layers
docker build --tag "faq-many:$1" --file many-layers . || exit
docker image inspect --format "{{len .RootFS.Layers}} layers" "faq-many:$1"
