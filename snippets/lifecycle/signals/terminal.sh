# Press Ctrl-C in `docker run --interactive --tty`:
# sh terminal.sh "image command …"
chmod +x server.sh
mkfifo keys
timeout 30 script --quiet --return --command "docker run --interactive --tty --name faq-attached \
  --hostname faq-attached --volume $PWD:/faq --workdir /faq $1" /dev/null <keys >/dev/null &
exec 3>keys
until grep -qs PID faq-attached.log; do sleep 0.1; done
printf '\003' >&3
wait $!
echo "docker run ended with $?"
cat faq-attached.log
