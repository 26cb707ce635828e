# List the proxies of port 8080, then end them.
# Needs: root on the host.
# Warning: published port 8080 no longer answers on 127.0.0.1 and over IPv6.
pgrep --list-full docker-proxy | grep -o -e '-host-ip [^ ]* -host-port 8080'
pgrep --full -- '-host-port 8080 ' | xargs kill
while pgrep --full -- '-host-port 8080 ' >/dev/null; do sleep 0.1; done
