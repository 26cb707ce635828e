# Type one line into the shell of fix.sh, and print what it answers.
line='echo begin; ps -o args; grep Uid /proc/1/status; ls -1 /proc/1/root'
line="$line; wget -q -O - http://localhost:8080; exit"
echo "$line" | script --quiet --command "sh fix.sh" /dev/null |
  tr -d '\r' | sed '1,/^begin$/d'
