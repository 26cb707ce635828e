# Pull an image that is nowhere.
docker pull faq-nothing
