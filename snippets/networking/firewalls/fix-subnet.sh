# Needs: root on the host.
iptables --insert DOCKER-USER --protocol tcp ! --source 192.168.1.0/24 \
  --match conntrack --ctstate DNAT --ctdir ORIGINAL --ctorigdstport 8080 \
  --jump DROP
ip6tables --insert INPUT ! --in-interface lo --protocol tcp --dport 8080 \
  --jump DROP
