"""Git holds what a version is; everything here is plumbing under a lock of ours."""
