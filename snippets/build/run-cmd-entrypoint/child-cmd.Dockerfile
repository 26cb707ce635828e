# hadolint ignore=DL3006
FROM faq-parent
CMD ["child's command"]
