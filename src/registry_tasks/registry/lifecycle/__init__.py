"""The lifecycle of a version: stages, aliases, holds, deletion, under the rules."""
