FROM busybox:stable
CMD ["echo", "hello", "$HOME"]
