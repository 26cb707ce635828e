# The shell prepares what it has to, and then becomes the program.
exec "$@"
