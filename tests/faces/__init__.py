"""Tests of the faces: the SDK and the command line."""
