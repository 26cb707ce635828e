# Print what BuildKit warns of: sh warning.sh wrong
docker build --tag faq-warning --file "$1.Dockerfile" . >log 2>&1 || exit
grep -m 1 JSONArgs log
echo "end of warnings"
