# One of each instruction, to see which make a layer; nothing to copy.
# hadolint global ignore=DL3020,DL3025,DL4000
FROM busybox:stable
MAINTAINER nobody@example.com
ARG VERSION=1
ENV NAME=value
LABEL key=value
RUN true
RUN echo content >/file
COPY build.sh /copied
ADD build.sh /added
WORKDIR /tmp
WORKDIR /made/by/workdir
WORKDIR /
USER nobody
EXPOSE 80
VOLUME /data
STOPSIGNAL SIGINT
HEALTHCHECK CMD true
SHELL ["/bin/ash", "-c"]
ONBUILD RUN true
ENTRYPOINT ["echo"]
CMD ["hello"]
