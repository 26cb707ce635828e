# Don't do this: the mount hides what the image has in /data.
# hadolint global ignore=DL3059
FROM busybox:stable
RUN mkdir /data && echo content >/data/file
RUN --mount=type=cache,id=faq-hidden,target=/data ls /data >/with
RUN ls /data >/without
