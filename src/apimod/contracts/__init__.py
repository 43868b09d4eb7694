"""Contracts that a server is written for: services in ``.proto`` files, operations in SDL."""
