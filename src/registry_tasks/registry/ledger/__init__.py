"""The ledger in Git: tags and the log that tell what happened, and the way back from them."""
