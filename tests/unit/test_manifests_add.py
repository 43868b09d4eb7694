from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apimod.errors import Refused
from apimod.manifests import Group, add_dependency, normalise
from apimod.manifests.reading import read_file


def added(file: str, text: str, name: str, constraint: str = "", group: Group = "main") -> str:
    """Return the text with the insertions made; the old bytes stay, in their order."""
    data = text.encode()
    for offset, new in sorted(add_dependency(file, text, name, constraint, group), reverse=True):
        data = data[:offset] + new + data[offset:]
    return data.decode()


CASES = {
    "sorted": (
        "pyproject.toml",
        '[project]\ndependencies = [\n    "a>=1",\n    "z>=1", # last\n]\n',
        '[project]\ndependencies = [\n    "a>=1",\n    "m>=2",\n    "z>=1", # last\n]\n',
    ),
    "unsorted": (
        "pyproject.toml",
        '[project]\ndependencies = [\n    "z",\n    "a", # last\n]\n',
        '[project]\ndependencies = [\n    "z",\n    "a", # last\n    "m>=2",\n]\n',
    ),
    "no trailing comma": (
        "pyproject.toml",
        '[project]\ndependencies = [\n  "z",\n  "a" # last\n]\n',
        '[project]\ndependencies = [\n  "z",\n  "a", # last\n  "m>=2"\n]\n',
    ),
    "inline": (
        "pyproject.toml",
        "[project]\ndependencies = ['a', 'z']\n",
        "[project]\ndependencies = ['a', 'm>=2', 'z']\n",
    ),
    "inline, first": (
        "pyproject.toml",
        '[project]\ndependencies = ["n"]',
        '[project]\ndependencies = ["m>=2", "n"]',
    ),
    "hanging": (
        "pyproject.toml",
        '[project]\ndependencies = ["a",\n                "b"]\n',
        '[project]\ndependencies = ["a",\n                "b",\n                "m>=2"]\n',
    ),
    "empty": (
        "pyproject.toml",
        "[project]\ndependencies = []\n",
        '[project]\ndependencies = ["m>=2"]\n',
    ),
    "missing": (
        "pyproject.toml",
        '[project]\nname = "x"\n\n[tool.x]\ny = 1\n',
        '[project]\nname = "x"\ndependencies = [\n    "m>=2",\n]\n\n[tool.x]\ny = 1\n',
    ),
    "brackets": (
        "pyproject.toml",
        '[project]\ndependencies = [\n    "a (>=1,<2)",\n]\n',
        '[project]\ndependencies = [\n    "a (>=1,<2)",\n    "m (>=2)",\n]\n',
    ),
    "carets": (
        "pyproject.toml",
        '[tool.poetry.dependencies]\npython = "^3.11"\na = "^1"\nz = {git = "x"}\n[x]\n',
        '[tool.poetry.dependencies]\npython = "^3.11"\na = "^1"\nm = "^2"\nz = {git = "x"}\n[x]\n',
    ),
    "after python": (
        "pyproject.toml",
        '[tool.poetry.dependencies]\npython = "^3.11"\nz = "^1"\n',
        '[tool.poetry.dependencies]\npython = "^3.11"\nm = "^2"\nz = "^1"\n',
    ),
    "pipfile": ("Pipfile", "[packages]\n[x]\n", '[packages]\nm = ">=2"\n[x]\n'),
    "crlf": (
        "pyproject.toml",
        '\ufeff[project]\r\ndependencies = [\r\n    "é",\r\n    "a",\r\n]\r\n',
        '\ufeff[project]\r\ndependencies = [\r\n    "é",\r\n    "a",\r\n    "m>=2",\r\n]\r\n',
    ),
    "requirements": ("requirements.txt", "a==1\n# note\nz==2\n", "a==1\nm>=2\n# note\nz==2\n"),
    "requirements, no final newline": ("requirements.txt", "a\nb", "a\nb\nm>=2"),
    "requirements, gaps": (
        "requirements.txt",
        "z >= 1\na >= 2\n",
        "z >= 1\na >= 2\nm >= 2\n",
    ),
    "requirements, empty": ("requirements.txt", "", "m>=2\n"),
    "setup.cfg": (
        "setup.cfg",
        "[options]\ninstall_requires =\n    a\n    z>1\npackages = find:\n",
        "[options]\ninstall_requires =\n    a\n    m>=2\n    z>1\npackages = find:\n",
    ),
    "setup.py": (
        "setup.py",
        "from setuptools import setup\nsetup(install_requires=['a', 'z'])\n",
        "from setuptools import setup\nsetup(install_requires=['a', 'm>=2', 'z'])\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_python_forms(case: str) -> None:
    file, before, after = CASES[case]
    assert added(file, before, "m", ">=2") == after
    assert add_dependency(file, after, "M", ">=2") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "module x\n\nrequire (\n\ta.b/c v1.0.0\n\tz.b/c v1.0.0 // indirect\n)\n",
            "module x\n\nrequire (\n\ta.b/c v1.0.0\n"
            "\tm.b/c v1.9.0\n\tz.b/c v1.0.0 // indirect\n)\n",
        ),
        (
            "module x\n\nrequire (\n\tn.b/c v1.0.0\n)\n\n"
            "require (\n\ti.b/c v1.0.0 // indirect\n)\n",
            "module x\n\nrequire (\n\tm.b/c v1.9.0\n\tn.b/c v1.0.0\n)\n\n"
            "require (\n\ti.b/c v1.0.0 // indirect\n)\n",
        ),
        ("module x\nrequire a.b/c v1.0.0", "module x\nrequire a.b/c v1.0.0\nrequire m.b/c v1.9.0"),
        (
            "module x\n\ngo 1.22\n\nrequire (\n\ti.b/c v1.0.0 // indirect\n)\n",
            "module x\n\ngo 1.22\n\nrequire m.b/c v1.9.0\n\n"
            "require (\n\ti.b/c v1.0.0 // indirect\n)\n",
        ),
        (
            "module x\r\n\r\ngo 1.22\r\n",
            "module x\r\n\r\ngo 1.22\r\n\r\nrequire m.b/c v1.9.0\r\n",
        ),
        ("module x\nrequire m.b/c v1.0.0 // indirect\n",) * 2,
    ],
)
def test_go_mod(before: str, after: str) -> None:
    assert added("go.mod", before, "m.b/c", "v1.9.0") == after
    assert add_dependency("go.mod", after, "m.b/c", "v1.9.0") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '[dependency-groups]\ntest = ["pytest"]\ndev = ["a"]\n',
            '[dependency-groups]\ntest = ["pytest"]\ndev = ["a", "m>=2"]\n',
        ),
        (
            '[tool.poetry.group.dev.dependencies]\na = "^1"\n',
            '[tool.poetry.group.dev.dependencies]\na = "^1"\nm = "^2"\n',
        ),
        (
            '[project]\nname = "x"\n',
            '[project]\nname = "x"\n\n[dependency-groups]\ndev = [\n    "m>=2",\n]\n',
        ),
        (
            '[tool.poetry.dependencies]\npython = "^3.11"',
            '[tool.poetry.dependencies]\npython = "^3.11"\n\n'
            '[tool.poetry.group.dev.dependencies]\nm = ">=2"',
        ),
    ],
)
def test_development_groups(before: str, after: str) -> None:
    assert added("pyproject.toml", before, "m", ">=2", "dev") == after


def test_extras_are_kept_in_both_forms() -> None:
    assert '"m[x]>=2"' in added("pyproject.toml", "[project]\ndependencies = []\n", "m[x]", ">=2")
    poetry = '[tool.poetry.dependencies]\na = "^1"\n'
    assert 'm = {extras = ["x"], version = "^2"}' in added("pyproject.toml", poetry, "m[x]", ">=2")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("setup.py", "from setuptools import setup\nsetup(install_requires=read())\n"),
        ("setup.cfg", "[options]\ninstall_requires = file: requirements.txt\n"),
        ("environment.yml", "dependencies:\n  - fastapi\n"),
        ("requirements.txt", "fastapi==0.1 \\\n    --hash=sha256:a\n"),
        ("requirements.txt", "# This file is autogenerated by pip-compile\nfastapi==0.1\n"),
        ("pyproject.toml", '[project]\nname = "x"\ndynamic = ["dependencies"]\n'),
        ("pyproject.toml", "[tool.black]\n"),
    ],
)
def test_what_cannot_be_done_safely_is_refused(file: str, text: str) -> None:
    with pytest.raises(Refused) as caught:
        add_dependency(file, text, "m", ">=2")
    assert caught.value.snippet == "m>=2"
    assert caught.value.where == file


def test_a_byte_order_mark_stays_first() -> None:
    assert added("requirements.txt", "\ufeffm\nz\n", "a", ">=2") == "\ufeffa>=2\nm\nz\n"
    assert added("requirements.txt", "\ufeffm", "a", ">=2") == "\ufeffa>=2\nm"


def test_go_mod_needs_a_version() -> None:
    with pytest.raises(Refused, match="needs a version"):
        add_dependency("go.mod", "module x\n", "m.b/c")


NAMES = st.lists(st.sampled_from("alpha beta Gamma delta-x eps_y zeta".split()), unique=True)
ENDS = st.sampled_from(["\n", "\r\n"])


@st.composite
def manifests(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a manifest of some family, laid out in some way."""
    names = draw(NAMES)
    quote, comma = draw(st.sampled_from("\"'")), draw(st.sampled_from(["", ","]))
    tails = st.sampled_from(["", ">=1", " >= 1", "[x]==2"])
    plain = [f"{name}{draw(tails)}" for name in names]
    gaps = {"inline": ", ", "lines": ",\n  ", "hanging": ",\n      ", "notes": ", # c, ]\n\t"}
    layout = draw(st.sampled_from(list(gaps)))
    body = gaps[layout].join(f"{quote}{each}{quote}" for each in plain) + (comma if names else "")
    if layout in ("lines", "notes"):
        body = f"\n  {body}\n"
    families = [
        ("pyproject.toml", f"[project]\ndependencies = [{body}]\nx = 1"),
        ("pyproject.toml", f"[project]\nname = 'x' # y\n\n[tool.z]\nw = [{body}]\n"),
        ("pyproject.toml", _lines("[tool.poetry.dependencies]\npython = '^3'", names, " = '^1'")),
        ("setup.py", f"from setuptools import setup\nsetup(install_requires=[{body}])\n"),
        ("setup.cfg", _lines("[options]\ninstall_requires =\n  a", [f"  {n}" for n in names])),
        ("requirements.txt", "\n".join(plain)),
        ("requirements.txt", _lines("# head", plain, "  # c")),
        ("Pipfile", _lines("[packages]", names, ' = "*"')),
    ]
    file, text = draw(st.sampled_from(families))
    bom = draw(st.sampled_from(["", "\ufeff"]))
    return file, bom + text.replace("\n", draw(ENDS))


def _lines(head: str, lines: list[str], tail: str = "") -> str:
    return "".join(f"{line}\n" for line in [head, *(line + tail for line in lines)])


@given(manifests(), st.sampled_from(["Aaa", "more", "zz-last", "delta", "m[extra]"]))
def test_exactly_one_dependency_is_added_and_no_byte_lost(
    manifest: tuple[str, str], name: str
) -> None:
    file, text = manifest
    new = added(file, text, name, ">=2")
    before = sorted((d.name, d.constraint) for d in read_file(text, file))
    after = sorted((d.name, d.constraint) for d in read_file(new, file))
    plain = normalise(name.partition("[")[0])
    extra = [pair for pair in after if pair not in before]
    assert [pair[0] for pair in extra] == [plain]
    assert [pair for pair in after if pair not in extra] == before
    assert new.count("\r\n") == new.count("\n") or "\r\n" not in text
    assert new.endswith("\n") == text.endswith("\n") or not text.strip("\ufeff")


@given(
    st.lists(st.sampled_from(["a.b/c", "g.h/i/v2", "n.o/p", "z.z/z"]), unique=True),
    st.sampled_from(["block", "single", "both"]),
    ENDS,
)
def test_go_mod_gains_exactly_one(paths: list[str], layout: str, end: str) -> None:
    lines = [f"{path} v1.2.3" for path in paths]
    block = "require (\n" + "".join(f"\t{line}\n" for line in lines) + ")\n" if lines else ""
    text = "module x\n\ngo 1.22\n\n"
    text += block if layout == "block" else "".join(f"require {line}\n" for line in lines)
    text += "\nrequire (\n\tq.q/q v1.0.0 // indirect\n)\n" if layout == "both" else ""
    text = text.replace("\n", end)
    assume("m.m/m" not in text)
    new = added("go.mod", text, "m.m/m", "v1.9.0")
    names = [d.name for d in read_file(new, "go.mod")]
    assert sorted(names) == sorted([*paths, "m.m/m"])
    if paths == sorted(paths):
        assert names == sorted(names)


@pytest.mark.parametrize(
    ("text", "group", "expected"),
    [
        (
            '{\n  "name": "a",\n  "dependencies": {\n    "express": "^5.0.0",\n    "zod": "^4.0.0"\n  }\n}\n',
            "main",
            '{\n  "name": "a",\n  "dependencies": {\n    "express": "^5.0.0",\n    "m": "^2.0.0",\n'
            '    "zod": "^4.0.0"\n  }\n}\n',
        ),
        (
            '{\n\t"dependencies": {\n\t\t"express": "^5.0.0"\n\t}\n}\n',
            "main",
            '{\n\t"dependencies": {\n\t\t"express": "^5.0.0",\n\t\t"m": "^2.0.0"\n\t}\n}\n',
        ),
        (
            '{\n  "dependencies": {\n    "express": "^5.0.0"\n  }\n}\n',
            "dev",
            '{\n  "dependencies": {\n    "express": "^5.0.0"\n  },\n  "devDependencies": {\n'
            '    "m": "^2.0.0"\n  }\n}\n',
        ),
        ('{\n  "name": "a"\n}\n', "main",
         '{\n  "dependencies": {\n    "m": "^2.0.0"\n  },\n  "name": "a"\n}\n'),
        ('{"dependencies":{"a":"1","z":"2"}}', "main",
         '{"dependencies":{"a":"1", "m": "^2.0.0","z":"2"}}'),
        ('{\n  "dependencies": {\n  }\n}\n', "main",
         '{\n  "dependencies": {\n    "m": "^2.0.0"\n  }\n}\n'),
    ],
)  # fmt: skip
def test_scripts_manifests(text: str, group: Group, expected: str) -> None:
    new = added("package.json", text, "m", "^2.0.0", group)
    json.loads(new)
    assert new == expected
    assert added("package.json", new, "m", "^2.0.0", group) == new


CARGO = """\
[package]
name = "shop"

[dependencies]
actix-web = "4"
chrono = { version = "0.4", features = ["clock"] }
serde = { workspace = true }
sqlx.workspace = true
uuid = "1"

[dev-dependencies]
tokio = "1"
"""


@pytest.mark.parametrize(
    ("name", "version", "group", "old", "new"),
    [
        ("serde_json", "1", "main", "sqlx.w", 'serde_json = "1"\nsqlx.w'),
        ("argon2[a]", "0.5", "main", "chrono", 'argon2 = { version = "0.5", features = ["a"] }\nchrono'),
        (
            "bytes[-default,a]", "1", "main", "chrono = ",
            'bytes = { version = "1", default-features = false, features = ["a"] }\nchrono = ',
        ),
        ("uuid[v4,serde]", "1", "main", 'uuid = "1"', 'uuid = { version = "1", features = ["v4", "serde"] }'),
        ("chrono[serde,clock]", "0.4", "main", '"clock"]', '"clock", "serde"]'),
        ("serde[derive]", "1", "main", "{ workspace = true }", '{ workspace = true, features = ["derive"] }'),
        ("sqlx[mysql]", "0.8", "main", "uuid", 'sqlx.features = ["mysql"]\nuuid'),
        ("tokio[time]", "1", "dev", 'tokio = "1"', 'tokio = { version = "1", features = ["time"] }'),
        ("tokio", "1", "main", "uuid", 'tokio = "1"\nuuid'),
        ("log", "workspace", "main", "serde = {", "log.workspace = true\nserde = {"),
        ("serde", "1", "dev", "", ""),
    ],
)  # fmt: skip
def test_cargo(name: str, version: str, group: Group, old: str, new: str) -> None:
    assert added("Cargo.toml", CARGO, name, version, group) == CARGO.replace(old, new, 1)


def test_cargo_tables() -> None:
    text = '[dependencies.sqlx]\nversion = "0.8"\n'
    new = added("Cargo.toml", text, "sqlx[json]", "0.8")
    assert new == f'{text}features = ["json"]\n'
    new = added("Cargo.toml", '[package]\nname = "a"\n', "log", "0.4")
    assert new == '[package]\nname = "a"\n\n[dependencies]\nlog = "0.4"\n'
