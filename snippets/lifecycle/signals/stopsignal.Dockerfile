FROM busybox:stable
STOPSIGNAL SIGINT
CMD ["./server.sh"]
