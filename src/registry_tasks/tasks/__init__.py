"""Prefect tasks: one act each, that reads, computes or writes; recipes of them are in flows/."""
