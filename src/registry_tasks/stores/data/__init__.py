"""Data that pipelines read, looked into: what is in a table, without a library for tables."""
