docker inspect --format '{{.HostConfig.Memory}} bytes,
with swap {{.HostConfig.MemorySwap}} bytes,
{{.HostConfig.NanoCpus}} billionths of a processor' my-app
docker stats --no-stream --format '{{.MemUsage}}' my-app
