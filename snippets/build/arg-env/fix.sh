# Keep the secret outside the folder that you build: COPY would copy it.
docker build --tag my-image --build-arg VERSION=1.2.3 \
  --secret id=token,src=../my-token.txt .
