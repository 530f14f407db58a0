"""Faces: parse, call one verb, render; they decide nothing."""
