# Ask a web server from another container; its port is not published.
docker run --detach --name faq-web busybox:stable \
  sh -c 'echo hello >/index.html && exec httpd -f -h /' >/dev/null
until docker exec faq-web wget -q -O /dev/null http://127.0.0.1/; do
  sleep 0.1
done
docker inspect --format 'exposed: {{json .Config.ExposedPorts}}' faq-web
echo "published: $(docker port faq-web)"
address=$(docker inspect \
  --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' faq-web)
docker run --rm busybox:stable wget -q -O - "http://$address/"
