"""apimod puts production-grade API endpoints into existing codebases."""

__version__ = "0.1.0"
