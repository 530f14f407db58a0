"""The catalogue: make versions, say things of them, find them, put them side by side."""
