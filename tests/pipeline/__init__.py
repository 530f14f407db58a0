"""Tests of the reference pipeline; a package, so that its helpers are found from anywhere."""
