# Leave a process without a parent, wait until it has ended, and list what is
# left: sh zombies.sh, or sh zombies.sh --init
# PID 1 becomes tail, which does not wait for processes that it did not start.
docker run --detach --name faq-zombies "$@" debian:bookworm-slim \
  sh -c '(sleep 1 &); exec tail -f /dev/null' >/dev/null
until docker top faq-zombies -eo pid,args | grep -q ' tail -f'; do sleep 0.1; done
while docker top faq-zombies -eo pid,args | grep -q '^[0-9]* *sleep 1'; do sleep 0.1; done
docker top faq-zombies -eo pid,stat,args
