# Print the exit codes of four programs that end in different ways.
docker run --rm busybox:stable sh -c 'exit 42'
echo "program: $?"
docker run --rm busybox:stable /etc
echo "not executable: $?"
docker run --rm busybox:stable no-such-program
echo "not found: $?"
docker run --no-such-option busybox:stable true
echo "wrong option: $?"
