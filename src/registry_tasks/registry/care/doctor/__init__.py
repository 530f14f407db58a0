"""What the doctor looks at: one check a function, each with what mends it."""
