"""Who may do what: accounts, rights, tokens. A registry without accounts asks nobody."""
