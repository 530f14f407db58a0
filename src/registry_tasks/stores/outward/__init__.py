"""What leaves the registry: events to receivers, each kind of receiver in its own way."""
