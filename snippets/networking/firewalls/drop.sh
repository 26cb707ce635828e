# Add a DROP to DOCKER-USER: sh drop.sh --append|--insert [MATCH]...
# Needs: root on the host.
# Warning: adds a rule to your firewall; clean.sh removes it.
place=$1
shift
iptables "$place" DOCKER-USER "$@" --match comment --comment faq --jump DROP
iptables -S DOCKER-USER
