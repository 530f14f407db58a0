"""The metadata store: the one truth for state, one transaction per change, an event with each."""
