# Start the web server: sh serve.sh [options of docker run]
docker run --detach --name faq-scratch --hostname faq "$@" faq-httpd >/dev/null
