"""DVC describes and runs pipelines; it is read and started here, and not trusted with proof."""
