"""Where things are kept: metadata (SQL), artifacts (files), Git and DVC."""
