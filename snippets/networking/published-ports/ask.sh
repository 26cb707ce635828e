# Ask a web server from this host: sh ask.sh ADDRESS:PORT
curl -s --max-time 2 "http://$1/"
code=$?
case $code in
  0) ;;
  7) echo refused ;;
  28) echo "no answer" ;;
  *) exit $code ;;
esac
