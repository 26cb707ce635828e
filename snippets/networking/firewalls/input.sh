# Close port 8080 in INPUT of the second host.
# Needs: root on the host; first run daemon.sh.
nsenter --net=/run/netns/faq-host \
  iptables --insert INPUT --protocol tcp --dport 8080 --jump DROP
nsenter --net=/run/netns/faq-host iptables -S INPUT
