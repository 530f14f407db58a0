"""The language of search: text to entities, checked; no I/O."""
