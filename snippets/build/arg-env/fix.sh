# The file token.txt holds the secret.
docker build --tag my-image --build-arg VERSION=1.2.3 \
  --secret id=token,src=token.txt .
