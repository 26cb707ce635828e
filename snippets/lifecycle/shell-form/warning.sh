# Print what BuildKit warns of: sh warning.sh wrong
docker build --tag faq-warning --file "$1.Dockerfile" . 2>&1 | grep -m 1 JSONArgs
echo "end of warnings"
