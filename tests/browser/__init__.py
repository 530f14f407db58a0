"""The dashboard in a real browser, over a registry with people in it."""
