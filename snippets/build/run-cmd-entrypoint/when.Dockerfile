FROM busybox:stable
RUN touch /by-run
ENTRYPOINT ["touch", "/by-entrypoint"]
CMD ["/by-cmd"]
