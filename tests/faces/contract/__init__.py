"""One set of tests over the client, in this process and over HTTP."""
