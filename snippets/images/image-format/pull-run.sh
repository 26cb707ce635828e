# Pull a tag and run the image: sh pull-run.sh TAG
docker pull --quiet "registry:5000/faq-format:$1" &&
  docker run --rm "registry:5000/faq-format:$1" cat /file
