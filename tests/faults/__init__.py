"""A fault at every call that writes: ``python -m faults`` is the whole campaign.

``calls`` fails or kills the n-th call of the system interface that writes; ``project`` is a work
tree with a plan, and what its tree may be; ``campaign`` goes through the calls of ``apply``, ``undo``
and ``recover``, each in a process of its own that runs the real command line.
"""
