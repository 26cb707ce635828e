# Add a route as a VPN does: sh vpn.sh dev lan, or sh vpn.sh via GATEWAY
# Needs: root on the host; first run lan.sh.
ip -n faq-host route add 172.17.0.0/16 "$@"
ip -n faq-host route show 172.17.0.0/16
