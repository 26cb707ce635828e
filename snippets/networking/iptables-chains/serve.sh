# Start a web server with a published port: sh serve.sh NAME PORT [NETWORK]
docker run --detach --name "$1" --publish "$2:80" \
  --network "${3:-bridge}" busybox:stable \
  sh -c 'echo hello >/index.html && exec httpd -f -h /' >/dev/null
until docker exec "$1" wget -q -O /dev/null http://127.0.0.1/; do
  sleep 0.1
done
