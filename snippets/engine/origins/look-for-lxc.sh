# Look for LXC: programs and libraries in a folder (sh look-for-lxc.sh [FOLDER]), processes, runtimes.
find "${1:-/usr}" -name 'lxc-*' -o -name 'liblxc*'
pgrep --list-name lxc
docker info --format 'default: {{.DefaultRuntime}}'
docker info --format 'runtimes: {{range $name, $_ := .Runtimes}}{{$name}} {{end}}'
