# Change a line of the Dockerfile of the fix.
sed -i "s/^ARG START.*/ARG START=changed/" Dockerfile
