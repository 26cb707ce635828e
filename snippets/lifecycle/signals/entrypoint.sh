# Don't do this: the shell starts the program and stays in front of it.
"$@"
