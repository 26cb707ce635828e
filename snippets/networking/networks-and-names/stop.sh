# Stop the second server.
docker stop --time 0 faq-web-2 >/dev/null
