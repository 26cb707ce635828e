# Does a set-user-ID program make another user root? sh set-user-id.sh [options of docker run]
docker run --detach --name faq-limits "$@" debian:bookworm-slim sleep 600 >/dev/null
docker exec faq-limits chmod u+s /usr/bin/id
docker exec --user 65534 faq-limits awk '/^(CapEff|CapBnd|NoNewPrivs):/ { print $1, $2 }' /proc/self/status
echo "id: $(docker exec --user 65534 faq-limits id -u)"
