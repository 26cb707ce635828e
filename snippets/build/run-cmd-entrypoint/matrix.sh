# Run three kinds of CMD with one kind of ENTRYPOINT, without and with
# arguments: sh matrix.sh exec, or sh matrix.sh exec --entrypoint other
case $1 in
  none) entrypoint= ;;
  shell) entrypoint='ENTRYPOINT argv entry' ;;
  exec) entrypoint='ENTRYPOINT ["argv", "entry"]' ;;
esac
shift
for cmd in 'CMD []' 'CMD argv cmd' 'CMD ["argv", "cmd"]'; do
  cat >matrix.Dockerfile <<DOCKERFILE
FROM debian:bookworm-slim
COPY argv.sh /bin/argv
RUN chmod +x /bin/argv && ln -s argv /bin/other
$entrypoint
$cmd
DOCKERFILE
  docker build --quiet --tag faq-matrix --file matrix.Dockerfile . >/dev/null
  echo "$cmd: $(docker run --rm "$@" faq-matrix 2>&1 | head -n 1)"
  echo "$cmd, argv x: $(docker run --rm "$@" faq-matrix argv x 2>&1 | head -n 1)"
done
