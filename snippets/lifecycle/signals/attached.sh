# Press Ctrl-C at `docker run`, without a terminal for the container:
# sh attached.sh times image command …
# The shell would start a background process with SIGINT ignored, hence `env`.
times=$1
shift
chmod +x server.sh
rm -f faq-attached.log
env --default-signal=INT docker run --name faq-attached --hostname faq-attached \
  --volume "$PWD:/faq" --workdir /faq "$@" >printed 2>&1 &
until grep -qs PID faq-attached.log; do sleep 0.1; done
while [ "$times" -gt 0 ] && kill -INT $!; do
  times=$((times - 1))
  sleep 1 # or the signals become one
done
deadline=$(($(date +%s) + 9))
while kill -0 $! && [ "$(date +%s)" -lt $deadline ]; do sleep 0.1; done 2>/dev/null
if kill -0 $! 2>/dev/null; then echo "docker run goes on"; else wait $!; echo "docker run ended with $?"; fi
docker inspect --format 'container runs: {{.State.Running}}' faq-attached
cat printed
