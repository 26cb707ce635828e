# Stop a container whose process ignores SIGTERM; print its exit code.
docker run --detach --name faq-stop busybox:stable sleep 60 >/dev/null
docker stop --time 1 faq-stop >/dev/null
docker inspect --format '{{.State.ExitCode}}' faq-stop
