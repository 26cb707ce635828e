# ufw and nft. A container cannot write to /proc/sys, so ufw does not try.
FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends nftables ufw \
 && rm -rf /var/lib/apt/lists/* \
 && sed -i 's/^IPT_SYSCTL/#&/' /etc/default/ufw
CMD ["sleep", "1000"]
