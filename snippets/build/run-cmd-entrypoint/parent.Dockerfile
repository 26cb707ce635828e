FROM busybox:stable
ENTRYPOINT ["echo", "parent's entrypoint"]
CMD ["parent's command"]
