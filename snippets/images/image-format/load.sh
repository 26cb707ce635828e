# Load the unpacked archive again, without the files named, and run the image:
# sh load.sh [FILE…]
docker rmi --force faq-format
for file in "$@"; do
  rm -f "saved/$file"
done
tar --create --directory saved . | docker load &&
  docker run --rm faq-format cat /file
