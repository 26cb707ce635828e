# Wait until the web server of the second daemon answers.
export DOCKER_HOST=unix:///run/faq/docker.sock
until docker exec faq-web wget -q -O /dev/null http://127.0.0.1/; do
  sleep 0.1
done 2>/dev/null
