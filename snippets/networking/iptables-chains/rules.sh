# List the rules of all tables, each with its table and its chain.
# Needs: root on the host.
for table in raw mangle nat filter; do
  iptables -t $table -S | sed -n "s/^-A /$table /p"
done
