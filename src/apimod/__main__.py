"""``python -m apimod``."""

from apimod.cli.main import run

if __name__ == "__main__":
    run()
