"""The same client over HTTP: verbs at the addresses of faces/routes.py."""
