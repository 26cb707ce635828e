#!/bin/sh
# Acts as your program: on SIGTERM it says so and exits with 0.
trap 'echo "got SIGTERM"; exit 0' TERM
echo ready
sleep infinity &
wait
