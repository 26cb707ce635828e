# Block this address for all published ports; then list the rules with the
# number of packets that matched each of them.
# Needs: root on the host.
# Warning: adds a rule; --delete in place of --insert removes it again.
iptables --insert DOCKER-USER --source 203.0.113.7 --jump DROP
iptables --list DOCKER-USER --numeric --verbose
