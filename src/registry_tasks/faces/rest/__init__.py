"""REST: every verb at the address that faces/routes.py gives it."""
