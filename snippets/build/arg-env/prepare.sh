# Save the Dockerfile of the fix under its usual name, and a token.
cp fix.Dockerfile Dockerfile
head -c 12 /proc/sys/kernel/random/uuid >../my-token.txt
