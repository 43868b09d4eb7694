"""One module a command; each has a ``command``, and the module's name is the command's."""
