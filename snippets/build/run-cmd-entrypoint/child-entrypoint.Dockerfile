# hadolint ignore=DL3006
FROM faq-parent
ENTRYPOINT ["echo", "child's entrypoint"]
