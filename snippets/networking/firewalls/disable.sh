# Disable ufw again; the policy of FORWARD before and after.
iptables -S FORWARD | head -n 1
docker exec faq-ufw ufw disable
iptables -S FORWARD | head -n 1
