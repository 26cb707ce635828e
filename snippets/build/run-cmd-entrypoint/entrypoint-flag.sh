# Run faq-parent without its entrypoint: sh entrypoint-flag.sh '' echo hello
entrypoint=$1
shift
docker run --rm --entrypoint "$entrypoint" faq-parent "$@"
