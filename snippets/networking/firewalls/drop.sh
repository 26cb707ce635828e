# Drop the neighbor's packets in DOCKER-USER: sh drop.sh --append|--insert [MATCH]...
place=$1
shift
iptables "$place" DOCKER-USER --source 192.0.2.2 "$@" --jump DROP
iptables -S DOCKER-USER
