"""The face for Python programs."""
