# Build with a secret that is a file for one RUN only.
printf 'correct-horse\n' >token
docker build --tag faq-secret-mount --file secret-mount.Dockerfile --secret id=token,src=token .
rm token
