"""Manifests: what a project declares that it needs, and one more line in it.

One module a family. ``dependencies`` reads them all, ``add_dependency`` makes the pure insertions
that declare one thing more, ``lock_command`` says what brings the lock file up to date.
"""

from __future__ import annotations

from apimod.manifests.insertion import add_dependency, manifest_for
from apimod.manifests.locks import Lock, Version, lock_command, package_manager, version_of
from apimod.manifests.model import Dependency, Group, normalise
from apimod.manifests.reading import dependencies, project_name, source_folders
from apimod.manifests.text import Insertion

__all__ = [
    "Dependency",
    "Group",
    "Insertion",
    "Lock",
    "Version",
    "add_dependency",
    "dependencies",
    "lock_command",
    "manifest_for",
    "normalise",
    "package_manager",
    "project_name",
    "source_folders",
    "version_of",
]
