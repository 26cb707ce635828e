# The program.
echo hello
