# Let a program of the host listen on port 8080, then publish that port.
nc -l -k 0.0.0.0 8080 &
until ss --no-header --listening --tcp --numeric 'sport = :8080' |
  grep -q .; do
  sleep 0.1
done
sh who.sh
sh second.sh
code=$?
kill $!
exit $code
