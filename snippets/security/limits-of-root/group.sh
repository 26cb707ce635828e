# Run take-over.sh as user 65534 who is in one group only: sh group.sh docker
# Needs: root on the host, to become that user.
# Warning: writes the file /faq-made-by-container on the host.
group=$(getent group "$1" | cut -d: -f3)
HOME=/tmp setpriv --reuid 65534 --regid 65534 --groups "$group" sh take-over.sh
stat -c 'on the host, user %u made %n' /faq-made-by-container
