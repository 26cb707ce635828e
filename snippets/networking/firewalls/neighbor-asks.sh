# Ask a web server from the neighbor: sh neighbor-asks.sh ADDRESS:PORT
# Needs: root on the host; first run neighbor.sh.
nsenter --net=/run/netns/faq-neighbor sh ask.sh "$1"
