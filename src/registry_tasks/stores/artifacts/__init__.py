"""Bytes, proven: every file is hashed when it is written and before it is handed out."""
