# Stop the first container, start a third, then start the first again.
docker stop --time 0 faq-first >/dev/null
docker run --detach --name faq-third busybox:stable sleep 1000 >/dev/null
docker start faq-first >/dev/null
format='{{.Name}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
docker inspect --format "$format" faq-first faq-second faq-third
