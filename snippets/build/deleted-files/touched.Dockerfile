# One change of the same file in each RUN; only the symbolic link costs nothing.
FROM busybox:stable
RUN head -c 20000000 /dev/urandom >/big
RUN chown 1000 /big
RUN touch /big
RUN echo >>/big
RUN ln /big /hard-link
RUN rm /hard-link && mv /big /moved
RUN ln -s /moved /symbolic-link
