"""The pack: what is in it, and how a broken one is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apimod.errors import PackError
from apimod.languages import SUFFIXES, language_named
from apimod.pack import Unit, builtin_root, load_pack
from apimod.queries import compile_query, fits, patterns
from apimod.vocabulary import PARTS

ROOT = builtin_root()
GOOD = 'name = "x"\nkind = "orm"\nlanguage = "python"\n'


def write(root: Path, matcher: str, query: str | None = None) -> Path:
    (root / "matchers").mkdir()
    (root / "matchers" / "x.toml").write_text(matcher)
    if query is not None:
        (root / "queries" / "python").mkdir(parents=True)
        (root / "queries" / "python" / "x.scm").write_text(query)
    return root


def test_the_builtin_pack_loads() -> None:
    pack = load_pack(ROOT)
    assert {u.kind for u in pack.of("framework", "python")} == {"framework"}
    assert pack.by_name["gin"].language == "go"
    assert pack.by_name["gin"].query


@pytest.mark.parametrize(
    ("unit", "suffix"),
    [
        (unit, suffix)
        for unit in load_pack(ROOT).units
        for suffix, language in SUFFIXES.items()
        if language == unit.language and unit.text(language_named(language).dialect(suffix))
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_every_query_compiles_for_every_grammar(unit: Unit, suffix: str) -> None:
    language = language_named(unit.language)
    assert compile_query(unit, language.grammar(f"x{suffix}"), language.dialect(f"x{suffix}"))


@pytest.mark.parametrize(
    "unit", [u for u in load_pack(ROOT).units if u.query], ids=lambda u: u.name
)
def test_every_pattern_fits_a_grammar(unit: Unit) -> None:
    language = language_named(unit.language)
    grammars = [language.grammar(f"x{suffix}") for suffix in SUFFIXES]
    for pattern in patterns(unit.query):
        assert any(fits(grammar, pattern) for grammar in grammars), pattern


def test_the_readme_describes_the_vocabulary_and_no_more() -> None:
    text = (ROOT / "queries" / "README.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `@([\w.]+)`", text, re.MULTILINE))
    known = set(PARTS) | {f"{k}.{p}" for k, parts in PARTS.items() for p in parts}
    assert described == known


def test_no_library_is_named_in_the_engine() -> None:
    """The engine knows languages; packs know libraries."""
    units = [u.name for u in load_pack(ROOT).units if u.kind in ("framework", "orm", "validator")]
    more = ["starlette", "express", "fastify", "nestjs", "koa", "flask", "django", "echo", "fiber"]
    more += ["chi", "spring", "actix", "rocket", "prisma", "typeorm", "hibernate", "axum"]
    names = {*units, *more} - ALSO_WORDS
    shape = re.compile(
        r"(?<![\w-])(" + "|".join(map(re.escape, sorted(names))) + r")(?![\w-])", re.I
    )
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if shape.search(line)
    ]
    assert found == []


ALSO_WORDS = {"validator", "echo", "express", "spring", "ent", "bun"}
"""Names of libraries that are plain English, or a unit's kind."""


@pytest.mark.parametrize(
    ("matcher", "says"),
    [
        ("name = ", "not valid TOML"),
        ('name = "x"\nkind = "orm"\n', "lacks the key 'language'"),
        (GOOD.replace('"orm"', '"thing"'), "kind is none of"),
        (GOOD + "[nothing]\n", "unknown table or key 'nothing'"),
        (GOOD + '[path]\njoins = "concat"\n', "unknown key path.joins"),
        (GOOD + '[path]\njoin = "both"\n', "path.join is none of"),
        (GOOD + '[path]\nrewrite = [["(", "x"]]\n', "bad expression"),
        (GOOD + "[arguments.thing]\npath = 0\n", "unknown kind of fact 'thing'"),
        (GOOD + "[arguments.route]\nwhere = 0\n", "unknown capture route.where"),
        (GOOD + "[arguments.route]\npath = true\n", "is not a selector"),
        (GOOD + "[detect]\n\n[origin]\nrouter = 1\n", "origin.router is not a list"),
        (GOOD.replace('"orm"', '"framework"'), "lacks origin.router"),
        (GOOD.replace('"x"', '"y"'), "name is 'y', but the file is x.toml"),
    ],
)
def test_a_broken_matcher_is_refused(tmp_path: Path, matcher: str, says: str) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(write(tmp_path, matcher))
    assert says in caught.value.what
    assert caught.value.where == "matchers/x.toml"


def test_a_folder_that_is_no_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        load_pack(tmp_path)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("(call) @route (#has-parent? @route x)", "unknown predicate #has-parent?"),
        ("(call) @routes", "@routes is not in the vocabulary"),
        ("(call function: (_) @route.callee) @route", "@route.callee is not in the vocabulary"),
        ("(no_such_node) @route", "is no valid query"),
        ("(call @route", "is no valid query"),
    ],
)
def test_a_broken_query_is_refused(tmp_path: Path, query: str, says: str) -> None:
    unit = load_pack(write(tmp_path, GOOD, query)).units[0]
    with pytest.raises(PackError) as caught:
        compile_query(unit, language_named("python").grammar(""))
    assert says in caught.value.what
    assert caught.value.where == "queries/python/x.scm"


def test_a_query_inherits(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "; inherits: base\n(call) @mount")
    (tmp_path / "queries" / "python" / "base.scm").write_text("(call) @route")
    unit = load_pack(tmp_path).units[0]
    assert "@route" in unit.query
    assert "@mount" in unit.query


def test_a_query_that_inherits_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="inherits itself"):
        load_pack(write(tmp_path, GOOD, "; inherits: x\n"))
