# A container reaches a server of the host under the name given with --add-host.
docker run --detach --network host --name faq-server busybox:stable \
  sh -c 'echo it answers >/index.html; exec httpd -f -p 8080 -h /' >/dev/null
curl --silent --retry 10 --retry-delay 1 --retry-all-errors --output /dev/null \
  http://127.0.0.1:8080/
docker run --rm --add-host faq-host:host-gateway busybox:stable \
  wget -q -O - http://faq-host:8080/
