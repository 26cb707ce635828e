#!/bin/sh
# Stands for your program: asked with SIGTERM to end, it says so and ends with exit code 0.
trap 'echo "got SIGTERM"; exit 0' TERM
echo ready
sleep infinity &
wait
