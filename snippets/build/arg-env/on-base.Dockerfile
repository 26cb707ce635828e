# hadolint ignore=DL3006
FROM faq-base
ARG NAME=default
RUN echo "build: ${NAME-unset}" >/built
