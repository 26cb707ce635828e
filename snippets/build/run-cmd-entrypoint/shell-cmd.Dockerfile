FROM busybox:stable
# hadolint ignore=DL3025
CMD echo hello $HOME
