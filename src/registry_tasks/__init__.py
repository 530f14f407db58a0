"""A model registry for teams that already live in Git and DVC."""
