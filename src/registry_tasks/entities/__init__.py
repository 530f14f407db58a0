"""Nouns: frozen types, one per file. They know no I/O."""
