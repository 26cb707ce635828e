# Print mode, owner and path of files in the image: sh stat.sh tree /bin/program
name=$1
shift
docker run --rm "faq-$name" stat -c "%a %u %n" "$@"
