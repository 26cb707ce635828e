# Don't do this: the shell starts the program and stays PID 1.
"$@"
