# Reuse the steps of the image that was pushed last, then push the new one.
docker build --cache-from localhost:5000/my-image \
  --build-arg BUILDKIT_INLINE_CACHE=1 --tag localhost:5000/my-image .
docker push localhost:5000/my-image
