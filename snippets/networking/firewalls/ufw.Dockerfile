# ufw and nft; what ufw sets in /proc/sys is left out, since a container may not write there.
FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends nftables ufw \
 && rm -rf /var/lib/apt/lists/* \
 && sed -i 's/^IPT_SYSCTL/#&/' /etc/default/ufw
CMD ["sleep", "1000"]
