# Disable ufw; print the policy of FORWARD before and after.
# Needs: root on the host; first run ufw.sh.
iptables -S FORWARD | head -n 1
docker exec faq-ufw ufw disable
iptables -S FORWARD | head -n 1
