"""Serving: a process that follows a reference, and never hands out a model it has not verified."""
