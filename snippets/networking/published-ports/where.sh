# Where port 8080 listens, as Docker tells it and as the kernel does.
docker port faq-web
ss --no-header --listening --tcp --numeric 'sport = :8080' | awk '{ print $4 }' | sort
