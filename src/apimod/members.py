"""Members of values: of classes and instances with their bases, of modules, dictionaries, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from apimod.languages import forms, language_named
from apimod.languages.base import Found
from apimod.languages.forms import Assigned, Defined, Stored, Typed
from apimod.values import (
    UNKNOWN,
    At,
    ClassValue,
    DictValue,
    External,
    Frame,
    FunctionValue,
    Instance,
    ModuleValue,
    Router,
    Text,
    Unknown,
    Value,
    known,
    unique,
)

if TYPE_CHECKING:
    from apimod.evaluate import Evaluator

MAX_BASES = 200


class Members:
    """Finds what ``value.name`` is, and what a list holds."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.ev = evaluator
        self.code = evaluator.code
        self._mro: dict[object, list[At | str]] = {}
        self._plain: dict[tuple[str, int, int], bool] = {}
        self._busy: set[object] = set()

    def of(self, value: Value, name: str) -> list[Value]:
        """Return the values of ``value.name``."""
        given = self.ev.interpreter.member(value, name)
        if given is not None:
            return given
        if isinstance(value, Router):
            cls = self._class_of(value.at)
            return self._guarded(Instance(cls, value.at), name) if cls is not None else [UNKNOWN]
        if isinstance(value, External):
            return [External(f"{value.name}.{name}", "name", value.at)]
        if isinstance(value, ModuleValue):
            return self._exported(value, name)
        if isinstance(value, DictValue):
            return [v for item in self.ev.lists.picked(value, [name]) for v in item] or [UNKNOWN]
        if isinstance(value, ClassValue | Instance):
            return self._guarded(value, name)
        if isinstance(value, Text) and name == "value":
            return [value]
        return [UNKNOWN]

    def _exported(self, module: ModuleValue, name: str) -> list[Value]:
        language = language_named(module.language)
        out: list[Value] = []
        for target in language.exported(self.code, module.path, name):
            out += self.ev.lookup.target(target, None, module.language)
        return known(out)

    def _class_of(self, made: At) -> At | None:
        """Return the class of the codebase that a call makes an instance of."""
        form = self.ev.form(made)
        if isinstance(form, forms.Call):
            for value in self.ev.evaluate(made.to(form.function)):
                if isinstance(value, ClassValue):
                    return value.at
        return None

    def _guarded(self, value: ClassValue | Instance, name: str) -> list[Value]:
        key = (value, name)
        if key in self._busy:
            return []
        self._busy.add(key)
        try:
            return self._class_member(value, name)
        finally:
            self._busy.discard(key)

    def _class_member(self, value: ClassValue | Instance, name: str) -> list[Value]:
        cls = value.at if isinstance(value, ClassValue) else value.cls
        for base in self.mro(cls):
            if isinstance(base, str):
                return [External(f"{base}.{name}")]
            language = self.code.language(base.source)
            found = language.members(self.code, base.source, base.node).get(name)
            if found:
                values = self._found(value, base, name, found)
                if values:
                    return values
            for embedded in language.bases(self.code, base.source, base.node):
                if embedded.name and embedded.name != name:
                    inner = self._guarded(value, embedded.name)
                    values = [v for i in inner for v in self.of(i, name)]
                    if any(not isinstance(v, Unknown) for v in values):
                        return known(values)
            implemented = self._implemented(value, base, name)
            if implemented:
                return implemented
        return [UNKNOWN]

    def _implemented(self, value: ClassValue | Instance, cls: At, name: str) -> list[Value]:
        """A method of an interface is that of the only class that satisfies it."""
        if isinstance(value, ClassValue):
            return []
        language = self.code.language(cls.source)
        classes = list(language.interfaces(self.code, cls.source, cls.node))
        if len(classes) != 1 or not isinstance(classes[0].binding, Defined):
            return []
        return self._guarded(Instance(At(classes[0].source, classes[0].binding.node)), name)

    def _found(
        self, value: ClassValue | Instance, cls: At, name: str, found: Sequence[Found]
    ) -> list[Value]:
        given = self._given(value, cls, name, found)
        if given:
            return given
        declared: list[Value] = []
        for item in found:
            if isinstance(item.binding, Typed):
                declared += self.ev.bindings.typed(At(item.source, item.binding.type))
        if declared and all(isinstance(v, Instance) and self._is_plain(v.cls) for v in declared):
            return unique(declared)
        out: list[Value] = []
        for item in found:
            if not isinstance(item.binding, Typed):
                out += self._bound(value, item)
        sure: list[Value] = [v for v in out if not isinstance(v, Unknown)]
        routers = [v for v in sure if isinstance(v, Router) and not v.assumed]
        weak = all(isinstance(v, External) and v.form == "call" for v in sure)
        if declared and weak:
            sure = known(declared)
        return unique(routers or sure or known(declared))

    def _is_plain(self, cls: At) -> bool:
        """Whether it does not matter which instance of a class a field holds.

        It does where the class is an interface, or holds a router.
        """
        if cls.place not in self._plain:
            self._plain[cls.place] = True
            language = self.code.language(cls.source)
            members = language.members(self.code, cls.source, cls.node)
            self._plain[cls.place] = not language.is_abstract(cls.source, cls.node) and not any(
                isinstance(value, Router)
                or (isinstance(value, Instance) and not self._is_plain(value.cls))
                for found in members.values()
                for item in found
                if isinstance(item.binding, Typed)
                for value in self.ev.bindings.typed(At(item.source, item.binding.type))
            )
        return self._plain[cls.place]

    def _given(
        self, value: ClassValue | Instance, cls: At, name: str, found: Sequence[Found]
    ) -> list[Value]:
        """Return what the call that made an instance put into a field."""
        if not isinstance(value, Instance) or value.made is None:
            return []
        if any(isinstance(f.binding, Defined) for f in found):
            return []
        form = self.ev.form(value.made)
        if not isinstance(form, forms.Call):
            return []
        language = self.code.language(cls.source)
        if not form.constructs and any(
            language.members(self.code, cls.source, cls.node).get(c) for c in language.constructors
        ):
            return []
        fields = language.fields(cls.source, cls.node)
        position = fields.index(name) if name in fields else -1
        for index, argument in enumerate(form.arguments):
            if argument.name == name or (argument.name is None and index == position):
                return known(self.ev.evaluate(value.made.to(argument.node)))
        return []

    def _bound(self, value: ClassValue | Instance, item: Found) -> list[Value]:
        binding = item.binding
        language = self.code.language(item.source)
        if isinstance(binding, Defined):
            out: list[Value] = []
            for one in self.ev.bindings.of(item.source, binding, None):
                if not isinstance(one, FunctionValue):
                    out.append(one)
                    continue
                method = FunctionValue(one.at, value if isinstance(value, Instance) else None)
                if language.is_property(item.source, one.at.node):
                    out += self.ev.results(method, None)
                else:
                    out.append(method)
            return out
        if isinstance(binding, Stored) and not self._is_of(item, binding, value):
            return []
        if isinstance(binding, Assigned | Stored):
            return self._in_frames(value, item, binding)
        return self.ev.bindings.of(item.source, binding, None)

    def _in_frames(
        self, value: ClassValue | Instance, item: Found, binding: Assigned | Stored
    ) -> list[Value]:
        """What a method puts into a field: as it is declared, else in every way it is entered."""
        own = self._own_frame(value, item, binding)
        if own is not None:
            return self.ev.evaluate(At(item.source, binding.value, own))
        if not isinstance(value, Instance) or value.made is None:
            frame = self.ev.entries.unbound(item.source, binding.value)
            plain = self.ev.bindings.of(item.source, binding, frame)
            if all(isinstance(v, Instance) and self._is_plain(v.cls) for v in plain):
                return plain
        out: list[Value] = []
        for frame in self._frames(value, item, binding):
            out += self.ev.bindings.of(item.source, binding, frame)
        return out

    def _own_frame(
        self, value: ClassValue | Instance, item: Found, binding: Assigned | Stored
    ) -> Frame | None:
        """Return the frame of a field that a class's body fills anew for every instance."""
        if not isinstance(value, Instance) or value.made is None:
            return None
        scope = self.code.scopes(item.source).at(binding.value.start_byte)
        if scope.kind != "class" or not self.code.language(item.source).fresh_fields:
            return None
        return self.ev.framing.make(item.source, scope, value.made, None, {}, value)

    def _frames(
        self, value: ClassValue | Instance, item: Found, binding: Assigned | Stored
    ) -> list[Frame | None]:
        """Return the frames of a method that puts something into a field of an instance."""
        frames = self.ev.frames(item.source, binding.value)
        if isinstance(value, Instance) and value.made is not None:
            place = value.made.place
            mine = [f for f in frames if f is not None and f.site and f.site.place == place]
            return list(mine) or self._from_below(value.cls, frames) or frames
        if isinstance(value, Instance):
            return self._from_below(value.cls, frames) or frames
        return frames

    def _from_below(self, cls: At, frames: list[Frame | None]) -> list[Frame | None]:
        """Return the frames of a base's constructor that a class's own constructor calls."""
        file, start, end = cls.place
        return [
            f
            for f in frames
            if f is not None
            and f.site is not None
            and f.site.source.path == file
            and start <= f.site.node.start_byte < end
        ]

    def _is_of(self, item: Found, stored: Stored, value: ClassValue | Instance) -> bool:
        cls = value.at if isinstance(value, ClassValue) else value.cls
        at = At(item.source, stored.object, self.ev.entries.unbound(item.source, stored.object))
        owners = self.ev.evaluate(at)
        if all(isinstance(o, Unknown) for o in owners):
            frames = self.ev.frames(item.source, stored.object)
            owners = [
                o for f in frames for o in self.ev.evaluate(At(item.source, stored.object, f))
            ]
        return any(isinstance(o, Instance) and o.cls.place == cls.place for o in owners)

    # --- classes ---------------------------------------------------------------------------------

    def mro(self, cls: At) -> list[At | str]:
        """Return a class and what it extends, depth first, without repetitions."""
        if cls.key not in self._mro:
            self._mro[cls.key] = [cls]  # for a class that extends itself
            out: list[At | str] = [cls]
            language = self.code.language(cls.source)
            for base in language.bases(self.code, cls.source, cls.node):
                if not base.name and len(out) < MAX_BASES:
                    out += self._base(At(base.source, base.node, cls.frame))
            self._mro[cls.key] = list(dict.fromkeys(out))
        return self._mro[cls.key]

    def _base(self, at: At) -> list[At | str]:
        out: list[At | str] = []
        for value in self.ev.evaluate(at):
            if isinstance(value, ClassValue):
                out += self.mro(value.at)
            elif isinstance(value, External):
                out.append(value.name + ("()" if value.form == "call" else ""))
        return out or [at.source.text(at.node)]

    def all(self, cls: At) -> dict[str, list[Value]]:
        """Return what a class and its bases hold, by name."""
        out: dict[str, list[Value]] = {}
        for base in self.mro(cls):
            if isinstance(base, At):
                language = self.code.language(base.source)
                for name in language.members(self.code, base.source, base.node):
                    if name not in out:
                        out[name] = self.of(ClassValue(cls), name)
        return out

    def subclass_names(self, function: At, name: str) -> list[str]:
        """Return a class's name and those of the classes that are written to extend it."""
        language = self.code.language(function.source)
        names = [name]
        base = name.encode()
        shape = re.compile(
            rb"class\s+(\w+)\s*(?:\([^)]*\b|(?:<[^{]*>)?\s*extends\s+[^{]*\b)" + base + rb"\b"
        )
        known = self.code.cache("subclass names")
        if (language.name, name) not in known:
            for source in self.code.holding(language.name, name):
                names += [m.group(1).decode() for m in shape.finditer(source.data)]
            known[language.name, name] = list(dict.fromkeys(names))
        found = known[language.name, name]
        assert isinstance(found, list)
        return found
