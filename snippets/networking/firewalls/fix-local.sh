docker run --detach --name my-app --publish 127.0.0.1:8080:80 my-image
