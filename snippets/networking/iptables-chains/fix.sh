# Block this address for all published ports; then list the rules with the
# number of packets that met each of them.
# Needs: root on the host.
# Warning: adds a rule to your firewall; clean.sh removes it.
iptables --insert DOCKER-USER --source 203.0.113.7 --jump DROP
iptables --list DOCKER-USER --numeric --verbose
