# Print a manifest as the registry holds it, Docker's or OCI's:
# sh manifest.sh TAG [REPOSITORY]
curl --silent --show-error --fail \
  --header "Accept: application/vnd.docker.distribution.manifest.v2+json" \
  --header "Accept: application/vnd.docker.distribution.manifest.list.v2+json" \
  --header "Accept: application/vnd.oci.image.manifest.v1+json" \
  --header "Accept: application/vnd.oci.image.index.v1+json" \
  "http://registry:5000/v2/${2:-faq-format}/manifests/$1"
