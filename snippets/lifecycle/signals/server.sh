#!/bin/sh
# Acts as your program: it says who is PID 1 and which signal it got, then exits
# with 0.
say() {
  echo "$1"
  # shellcheck disable=SC3028 # no shell sets it here, Docker does
  echo "$1" >>"/faq/$HOSTNAME.log"
}
trap 'say "got SIGTERM"; exit 0' TERM
trap 'say "got SIGINT"; exit 0' INT
say "PID 1 is $(cat /proc/1/comm)"
sleep 1000 &
wait
