# Find what uses port 8080: containers, then processes of the host.
# Needs: root on the host, to see the processes of other users.
docker ps --filter publish=8080 --format 'container {{.Names}}'
ss --no-header --listening --tcp --numeric --processes 'sport = :8080' |
  sed 's/.*users:(("\([^"]*\)".*/process \1/' | sort -u
