"""The child that runs a LibCST codemod over copies of files; see ``apimod.guests``.

It reads its job as JSON from standard input, and leaves its answer in the file that the job names.
"""

import argparse
import contextlib
import importlib
import json
import sys
from pathlib import Path
from typing import Any

BOM = b"\xef\xbb\xbf"


def main() -> None:
    """Run the job."""
    job = json.load(sys.stdin)
    answer: dict[str, Any] = {"warnings": []}
    with contextlib.redirect_stdout(sys.stderr):
        try:
            _run(job, answer)
        except ImportError as error:
            answer["missing"] = str(error)
        except SystemExit as error:
            answer["failed"] = f"its arguments are wrong, or it gave up (exit {error.code})"
        except Exception as error:
            answer["failed"] = f"{type(error).__name__}: {error}"
    Path(job["answer"]).write_text(json.dumps(answer), "utf-8")


def _run(job: dict[str, Any], answer: dict[str, Any]) -> None:
    from libcst.codemod import CodemodContext, SkipFile
    from libcst.metadata import FullRepoManager

    sys.path[:0] = job["imports"]
    command = _command(job["target"])
    parser = argparse.ArgumentParser(prog=job["target"])
    if hasattr(command, "add_args"):
        command.add_args(parser)
    options = vars(parser.parse_args(job["arguments"]))
    root = Path(job["root"])
    wanted = {p for p in command.get_inherited_dependencies() if p.gen_cache is not None}
    manager = FullRepoManager(str(root), job["paths"], wanted) if wanted else None
    for path in job["paths"]:
        context = CodemodContext(
            filename=str(root / path),
            full_module_name=_module(path),
            metadata_manager=manager,
        )
        try:
            _transform(root / path, command(context, **options))
        except SkipFile as skipped:
            answer["warnings"].append(f"{path}: skipped: {skipped}")
        answer["warnings"] += [f"{path}: {each}" for each in context.warnings]


def _command(target: str) -> Any:
    """Return the class that the target names. Raises ImportError."""
    from libcst.codemod import Codemod

    module, _, name = target.rpartition(".")
    found = getattr(importlib.import_module(module), name, None)
    if not isinstance(found, type) or not issubclass(found, Codemod):
        raise ImportError(f"{target} is no codemod")
    return found


def _transform(file: Path, transform: Any) -> None:
    from libcst import ParserSyntaxError, parse_module

    data = file.read_bytes()
    try:
        module = parse_module(data)
    except (ParserSyntaxError, UnicodeDecodeError):
        return  # it is as broken as it was
    new = transform.transform_module(module).bytes
    if data.startswith(BOM) and not new.startswith(BOM):
        new = BOM + new
    if new != data:
        file.write_bytes(new)


def _module(path: str) -> str:
    return path.rsplit(".", 1)[0].removesuffix("/__init__").replace("/", ".")


if __name__ == "__main__":
    main()
