# Stop publishing: remove the web server.
docker rm --force faq-web
