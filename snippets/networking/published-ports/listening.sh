# List the TCP ports on which this host listens.
ss --no-header --listening --tcp --numeric | awk '{ print $4 }' | sort
