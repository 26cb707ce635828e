# Deny ports 8080 and 8081 and enable ufw; clean.sh restores the old rules.
# Needs: root on the host; first run tools.sh.
# Warning: enables ufw, which denies all other incoming connections too.
iptables-save -t filter >/run/faq-rules
ip6tables-save -t filter >/run/faq-rules6
docker exec faq-ufw sh -c \
  'ufw deny 8080 && ufw deny 8081 && ufw --force enable' >/dev/null
docker exec faq-ufw ufw status
