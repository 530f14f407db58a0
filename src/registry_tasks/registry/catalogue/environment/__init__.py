"""The software of a version, written out again."""
