# Ask containerd which containers it holds in each of its namespaces.
# Needs: root on the host.
docker run --detach --name faq-moby busybox:stable sleep 600
socket=/run/containerd/containerd.sock # with systemd, a service of its own
[ -S $socket ] || socket=/run/docker/containerd/containerd.sock
for namespace in default $(ctr --address $socket namespaces list --quiet); do
  ids=$(ctr --address $socket --namespace "$namespace" containers list -q)
  echo "$namespace: $ids"
done
