# List the rules of DOCKER-USER, with the packets that matched each of them.
# Needs: root on the host.
iptables --list DOCKER-USER --numeric --verbose
