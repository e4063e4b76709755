// For libraries that have only headers.
