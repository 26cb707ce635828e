# The exit codes of a program, of one that cannot be run, of none, and of a wrong option.
docker run --rm busybox:stable sh -c 'exit 42'
echo "program: $?"
docker run --rm busybox:stable /etc
echo "not executable: $?"
docker run --rm busybox:stable no-such-program
echo "not found: $?"
docker run --no-such-option busybox:stable true
echo "wrong option: $?"
