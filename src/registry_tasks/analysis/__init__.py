"""Numbers about numbers: arrays in, entities out, no I/O."""
