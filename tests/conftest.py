"""Being here puts ``tests`` on the import path, for ``contract`` and ``proofs``."""

from hypothesis import settings

# A busy machine is no failure: what a test may take is for benchmarks to say.
settings.register_profile("apimod", deadline=None)
settings.load_profile("apimod")
