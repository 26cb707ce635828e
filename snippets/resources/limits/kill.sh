# End a container by docker kill.
docker run --detach --name faq-kill --memory 64m busybox:stable \
  sleep 1000 >/dev/null
docker kill faq-kill >/dev/null
echo "exit code: $(docker wait faq-kill)"
