# Print the clients of the web server, when there are so many: sh logs.sh 3
clients() {
  docker logs faq-web 2>&1 |
    sed -n '/127.0.0.1/d; s/^\[::ffff:\([0-9.]*\)\].*/\1/p'
}
until [ "$(clients | wc -l)" -ge "$1" ]; do sleep 0.1; done
clients
