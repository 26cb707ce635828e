# Bad on purpose: the shell starts the program and stays in front of it.
"$@"
