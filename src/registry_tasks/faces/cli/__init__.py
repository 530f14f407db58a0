"""The face for people and shell scripts: ``registry``."""
