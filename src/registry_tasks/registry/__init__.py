"""Verbs: one file a verb, one transaction each, over the stores and under the rules."""
