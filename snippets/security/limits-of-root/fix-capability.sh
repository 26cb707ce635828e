# Not --privileged: grant the one capability that the program needs.
docker run --rm --cap-drop ALL --cap-add NET_ADMIN my-image
