# Push the image to a registry, and print its manifest there: sh push.sh TAG
docker tag faq-format "registry:5000/faq-format:$1"
docker push --quiet "registry:5000/faq-format:$1" >/dev/null
sh manifest.sh "$1"
