# Don't do this: the password can be read by everyone who has the image.
FROM busybox:stable
RUN echo "correct horse battery staple" >/password
RUN rm /password
