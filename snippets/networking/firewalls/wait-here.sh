# Wait until port 8080 of this host answers.
until curl -s -o /dev/null http://127.0.0.1:8080/; do sleep 0.1; done
