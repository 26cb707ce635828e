# End the proxies of port 8080.
pgrep --full -- '-host-port 8080 ' | xargs kill
while pgrep --full -- '-host-port 8080 ' >/dev/null; do sleep 0.1; done
