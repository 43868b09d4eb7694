"""Being here puts ``tests`` on the import path, for ``contract`` and ``proofs``."""
