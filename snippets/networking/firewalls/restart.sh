# Restart the container alone, with the second daemon as it is.
docker --host unix:///run/faq/docker.sock restart faq-web >/dev/null
sh wait.sh
