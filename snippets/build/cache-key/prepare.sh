# Save the Dockerfile of the fix under its usual name.
cp fix.Dockerfile Dockerfile
