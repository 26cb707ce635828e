# Which files of /proc are empty? sh masked.sh [options of docker run]
# Needs: root on the host.
# shellcheck disable=SC2016 # the shell that runs it expands it
look='for name in interrupts timer_list; do
  if grep -q . /proc/$name; then echo "$name: readable"; else echo "$name: empty"; fi
done'
echo "On the host:" && sh -c "$look"
echo "In a container:" && docker run --rm "$@" busybox:stable sh -c "$look"
