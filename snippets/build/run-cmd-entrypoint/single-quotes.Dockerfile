# Don't do this: with single quotes it is no JSON, and so it is shell form.
FROM busybox:stable
# hadolint ignore=DL3025
CMD ['echo', 'hello']
