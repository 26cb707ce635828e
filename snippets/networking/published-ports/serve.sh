# Publish a web server's port 80: sh serve.sh [ADDRESS:]PORT [NETWORK]
docker run --detach --name faq-web --publish "$1:80" \
  --network "${2:-bridge}" busybox:stable \
  sh -c 'echo hello >/index.html && exec httpd -f -v -h /' >/dev/null
until docker exec faq-web wget -q -O /dev/null http://127.0.0.1/; do
  sleep 0.1
done
