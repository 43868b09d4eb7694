"""Names and fields that nobody means well with."""

from __future__ import annotations

RESERVED = {
    "python": ("class", "import", "None", "async", "match", "self", "type", "list", "id"),
    "go": ("type", "func", "range", "map", "init", "main", "test", "error", "string", "nil"),
    "javascript": ("class", "default", "await", "constructor", "prototype", "__proto__", "let"),
    "java": ("class", "int", "enum", "record", "null", "Object", "String", "package"),
    "rust": ("type", "fn", "self", "Self", "crate", "mod", "async", "dyn", "Box"),
}

LIKE_FILES = (
    *("test", "tests", "conftest", "setup", "main", "index", "mod", "lib", "windows", "linux"),
    *("user_test", "x_windows", "linux_amd64", "con", "nul", "aux", "__init__", "metadata"),
    *("registry", "query", "collection", "base", "model", "session", "db", "app", "router"),
)

NAMES = (
    *("../users", "a/b", "/etc/passwd", "..", ".", "a\\b", "C:users", "~", "~root", "-rf", "--yes"),
    *("us\x1bers", "us\ners", "us\rers", "us\ters", "\x7f", "a\u202eb", "a\u2066b", "\ufeff"),
    *('"', "'", "`id`", "$(id)", "${x}", "{{ x }}", "{% x %}", "{# x #}", "%s", "%n", "a;b", "a|b"),
    *(
        "a b",
        "a--b",
        "_",
        "__",
        "-",
        "1users",
        "0",
        "é",
        "users\u0301",
        "пользователи",
        "用户",
        "🦀",
    ),
    *("ﬁ", "K", "ſ", "İ", "ß", "Ω", "\ud800", "a\u200bb", "\u00a0", "x" * 64, "x" * 65),
    *("x" * 10_000, "é" * 10_000, "a-" * 5_000, "", " ", "\t"),
    *(name for names in RESERVED.values() for name in names),
    *LIKE_FILES,
)

FIELDS = (
    *(":", "::", "a:", ":string", "a:string:", "a::unique", "a:b:c:d", "a=b", "name", "a:string:x"),
    *("id:int", "ID:int", "created_at:datetime", "self:string", "class:string", "type:string"),
    *("a:enum", "a:enum=", "a:enum=,", "a:enum=a,a", "a:enum=a,A", "a:enum=1,2", "a:enum=a b,c-d"),
    *('a:enum="', "a:enum='", "a:enum=\\", "a:enum={{x}}", "a:enum=" + ",".join("abcdefgh" * 200)),
    *("a:enum=class,import", "a:enum=é,ü", "a:enum=\n", "a:enum=" + "x" * 10_000),
    *("a:ref", "a:ref=", "a:ref=../x", "a:ref=nowhere", "a:ref=class", "a:ref=users"),
    *(
        'a:string:default="',
        "a:string:default='",
        "a:string:default=\\",
        "a:string:default={{7*7}}",
    ),
    *(
        "a:string:default=\x00".replace("\x00", "\x01"),
        'a:string:default="""',
        "a:string:default=`",
    ),
    *("a:string:default=${x}", "a:string:default=\u202e", "a:string:default=é" + "x" * 10_000),
    *("a:string:default=\\u0022", "a:text:default=*/", "a:text:default=-->", "a:string:default=#"),
    *("a:int:min=-1:max=99999999999999999999999999", "a:int:min=x", "a:int:default=1e999"),
    *("a:int:default=9" * 1, "a:int:default=" + "9" * 5_000, "a:float:default=nan"),
    *("a:float:default=inf", "a:decimal:default=1e400", "a:bool:default=maybe", "a:uuid:default=x"),
    *("a:date:default=2024-02-30", "a:datetime:default=now", "a:json:default={", "a:url:default=x"),
    *("a:json:default=" + "[" * 5_000, "a:email:unique:index:optional:readonly", "a:string:secret"),
    *("metadata:json", "registry:string", "query:string", "copy:bool", "json:string", "dict:json"),
    *("model_config:string", "__class__:string", "_a:string", "a_:string", "a__b:string"),
    *(
        "a\x1b:string",
        "a/b:string",
        "../a:string",
        "é:string",
        "用户:string",
        "x" * 10_000 + ":string",
    ),
    *("1a:string", "a-b:string", "aB:string", "A:string", "page:int", "limit:int", "sort:string"),
)
