"""Experiments: run a pipeline, keep what it came to, measure it, build it again."""
