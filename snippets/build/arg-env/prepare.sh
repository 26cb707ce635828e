# Save the Dockerfile of the fix under its usual name, and a token.
cp fix.Dockerfile Dockerfile
echo correct-horse >token.txt
