# Run an image with EXPOSE 80: sh expose.sh [OPTION of docker run]
docker build --quiet --tag faq-exposing . >/dev/null
docker run --detach --name faq-web "$@" faq-exposing >/dev/null
until docker exec faq-web wget -q -O /dev/null http://127.0.0.1/; do
  sleep 0.1
done
docker inspect --format 'exposed: {{json .Config.ExposedPorts}}' faq-web
docker port faq-web
