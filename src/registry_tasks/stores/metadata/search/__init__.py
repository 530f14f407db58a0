"""Search in SQL: a fixed vocabulary, placeholders, plans that do not grow with the store."""
