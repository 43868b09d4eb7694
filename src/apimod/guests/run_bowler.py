"""The child that runs a Bowler script over copies of files; see ``apimod.guests``.

It reads its job as JSON from standard input, and leaves its answer in the file that the job names.
Whatever the script asks for, its queries write without a question: into the copies.
"""

import contextlib
import json
import runpy
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Run the job."""
    job = json.load(sys.stdin)
    answer: dict[str, Any] = {"warnings": []}
    with contextlib.redirect_stdout(sys.stderr):
        try:
            _run(job)
        except ImportError as error:
            answer["missing"] = str(error)
        except SystemExit as error:
            if error.code not in (None, 0):
                answer["failed"] = f"it gave up (exit {error.code})"
        except Exception as error:
            answer["failed"] = f"{type(error).__name__}: {error}"
    Path(job["answer"]).write_text(json.dumps(answer), "utf-8")


def _run(job: dict[str, Any]) -> None:
    from bowler.query import Query

    execute = Query.execute

    def quietly(self: Any, **options: Any) -> Any:
        options.update(interactive=False, write=True, silent=True, in_process=True)
        return execute(self, **options)

    Query.execute = quietly
    script = job["target"]
    sys.argv = [script, *job["arguments"]]
    sys.path[:0] = [str(Path(script).parent), *job["imports"]]
    guarded = "__main__" in Path(script).read_text("utf-8", "replace")
    names = runpy.run_path(script, run_name="__main__" if guarded else "guest")
    if not guarded and callable(names.get("main")):
        names["main"]()


if __name__ == "__main__":
    main()
