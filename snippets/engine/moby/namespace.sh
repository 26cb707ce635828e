# Ask containerd, past Docker, which containers it holds in each of its namespaces.
docker run --detach --name faq-moby busybox:stable sleep 600 >/dev/null
socket=/run/docker/containerd/containerd.sock
for namespace in default $(ctr --address $socket namespaces list --quiet); do
  containers=$(ctr --address $socket --namespace "$namespace" containers list --quiet)
  echo "$namespace: $containers"
done
