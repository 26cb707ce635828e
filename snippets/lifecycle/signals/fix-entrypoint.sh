#!/bin/sh
# Prepare what the program needs, then become the program.
set -e
exec "$@"
