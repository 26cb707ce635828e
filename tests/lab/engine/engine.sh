#!/bin/sh
# One nested engine, started as on a plain host: forwarding is off until dockerd turns it on,
# and the resolver has an address that containers can reach too (127.0.0.11 has not).
set -eu
address=$(hostname -i)
dnsmasq --listen-address="$address" --bind-interfaces --no-hosts --no-resolv --server=127.0.0.11
echo "nameserver $address" >/etc/resolv.conf
exec dockerd --registry-mirror http://registry:5000 --insecure-registry registry:5000 "$@"
