# The runtime that starts containers, and the shim of each running container.
docker info --format 'runtime: {{.DefaultRuntime}}'
ps -e -o pid,ppid,args | awk '/[c]ontainerd-shim/'
