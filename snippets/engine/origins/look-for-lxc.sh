# Look for programs and libraries of LXC in a folder, for processes of LXC, and
# for runtimes: sh look-for-lxc.sh [FOLDER]
find "${1:-/usr}" -name 'lxc-*' -o -name 'liblxc*'
pgrep --list-name lxc
docker info --format 'default: {{.DefaultRuntime}}'
docker info --format 'runtimes: {{range $name, $_ := .Runtimes}}{{$name}} {{end}}'
