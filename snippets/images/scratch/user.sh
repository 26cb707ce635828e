# Print the server's process with its user and group, as numbers.
docker top faq-scratch -o pid,uid,gid,args
