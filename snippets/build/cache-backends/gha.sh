# Print what a build reports of its cache export: sh gha.sh type=gha
docker build --progress plain --tag faq-cache-to --file random.Dockerfile \
  --cache-to "$1" . >log 2>&1
echo "exit code: $?"
grep -oE '(exporting|inline) cache.*' log
