# Give a manifest in the registry other media types:
# sh rename.sh FROM-TAG TO-TAG CONFIG-TYPE
sh manifest.sh "$1" | sed \
  -e 's#vnd.docker.distribution.manifest.v2+json#vnd.oci.image.manifest.v1+json#' \
  -e 's#vnd.docker.image.rootfs.diff.tar.gzip#vnd.oci.image.layer.v1.tar+gzip#' \
  -e "s#application/vnd.docker.container.image.v1+json#$3#" >renamed.json
curl --silent --show-error --fail --request PUT --data-binary @renamed.json \
  --header "Content-Type: application/vnd.oci.image.manifest.v1+json" \
  "http://registry:5000/v2/faq-format/manifests/$2"
