FROM busybox:stable
RUN echo content >/file
HEALTHCHECK CMD ["true"]
ONBUILD RUN true
SHELL ["/bin/ash", "-c"]
