"""The Python templates, rendered from contexts made by hand into small applications."""
