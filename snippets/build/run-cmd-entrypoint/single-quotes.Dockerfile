# Don't do this: single quotes are not JSON, so this is shell form.
FROM busybox:stable
# hadolint ignore=DL3025
CMD ['echo', 'hello']
