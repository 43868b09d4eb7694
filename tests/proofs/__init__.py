"""The proofs: real hosts, changed by apimod, checked, migrated, booted and called."""
