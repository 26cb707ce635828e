# Start two containers, and print their ids.
docker run --detach --name faq-origins busybox:stable sleep 600
docker run --detach --name faq-origins-2 busybox:stable sleep 600
