# Who runs the program of an image with USER? sh user.sh [options of docker run]
docker build --quiet --network none --tag my-image --file fix.Dockerfile . >/dev/null
docker run --rm "$@" my-image
docker run --rm "$@" my-image sh -c 'touch /data/file && echo "writes to /data"'
docker run --rm "$@" my-image grep CapEff /proc/self/status
