"""A store as files in open formats: JSON Lines or Parquet, a file a table, docs/export.md."""
