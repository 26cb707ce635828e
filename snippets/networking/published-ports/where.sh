# Where port 8080 listens, according to Docker and to the kernel.
docker port faq-web
ss --no-header --listening --tcp --numeric 'sport = :8080' |
  awk '{ print $4 }' | sort
