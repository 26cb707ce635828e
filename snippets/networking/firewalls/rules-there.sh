# List the IPv4 rules of the second host, table by table.
# Needs: root on the host; first run daemon.sh.
nsenter --net=/run/netns/faq-host sh rules.sh
