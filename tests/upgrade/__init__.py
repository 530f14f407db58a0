"""Stores and repositories of released schemas, opened by today's code for ever."""
