# Start server.sh one way or another:
# sh start.sh [options of docker run] image command …
chmod +x server.sh
docker run --detach --name "faq-$$" --hostname "faq-$$" --volume "$PWD:/faq" --workdir /faq "$@" >/dev/null
until grep -qs PID "faq-$$.log"; do sleep 0.1; done
