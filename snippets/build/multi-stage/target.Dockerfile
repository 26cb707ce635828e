FROM busybox:stable AS base
RUN echo base >/stage

FROM base AS test
RUN exit 3

FROM base AS release
RUN echo release >/stage
