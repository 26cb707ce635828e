FROM scratch
LABEL nothing="in here"
