"""The REST contract as a suite that runs over HTTP against any service, in any language."""
