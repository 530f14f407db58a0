"""Care: find and mend, keep and bring back, move and migrate."""
