"""Writes one noun in place of another, in the spelling that each mention of it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from apimod import names
from apimod.mentions import Finder, Mention, Noun

_ARTICLE = re.compile(r"(?<![A-Za-z])(a|an|A|An|AN)( +)$")


class Spelling(Struct, frozen=True):
    """How names are spelled where a noun of one word does not show it.

    The values are names of cases: ``snake``, ``camel``, ``kebab``, ``flat``.
    """

    name: str = "snake"
    """An identifier that is the noun alone."""
    path: str = "kebab"
    """A part of a URL."""
    text: str = "snake"
    """A string that is the noun alone: a tag, a table."""
    package: str = "snake"
    """A part of an import's path."""
    file: str = "snake"
    """The name of a file."""
    initialisms: frozenset[str] = frozenset()
    escape: Callable[[str], str] = str
    """What makes an identifier of a reserved word."""


class Renamer(Struct, frozen=True):
    """Writes the noun ``new`` for ``old``; the nouns in ``keep`` stay, though they hold ``old``.

    ``exact`` maps whole identifiers to what they become; it goes before the words.
    """

    old: Noun
    new: Noun
    keep: Sequence[Noun] = ()
    spelling: Spelling = field(default_factory=Spelling)
    exact: Mapping[str, str] = field(default_factory=dict)

    def mentions(self, text: str) -> bool:
        """Tell whether ``text`` holds the old noun."""
        return any(True for _ in self._found(text))

    def identifier(self, name: str) -> str:
        """Return an identifier with the noun exchanged."""
        if name in self.exact:
            return self.exact[name]
        new = self._rename(name, lambda _: self.spelling.name, spoken=False)
        return self.spelling.escape(new) if new != name else name

    def module(self, path: str) -> str:
        """Return a module's path, its parts joined by ``/`` or ``.``, with the noun exchanged."""
        return "".join(
            self.exact.get(part) or self._rename(part, lambda _: self.spelling.package, False)
            for part in re.split(r"([/.])", path)
        )

    def path(self, path: str) -> str:
        """Return a file's path with the noun exchanged."""
        *folders, name = path.split("/")
        stem, dot, ending = name.partition(".")
        new = self.exact.get(stem) or self._rename(stem, lambda _: self.spelling.file, False)
        return "/".join([*map(self.module, folders), new + dot + ending])

    def string(self, content: str) -> str:
        """Return what a string literal holds with the noun exchanged: a path, a tag, a message."""
        if content in self.exact:
            return self.exact[content]

        def alone(mention: Mention) -> str:
            around = content[: mention.start][-1:], content[mention.end :][:1]
            if "/" in around:
                return self.spelling.path
            if mention.start == 0 and mention.end == len(content):
                return self.spelling.text
            dotted = "." in around and " " not in content
            return self.spelling.name if dotted or "(" in around else "words"

        return self._rename(content, alone, spoken=" " in content)

    def prose(self, text: str) -> str:
        """Return a comment or another text to be read with the noun exchanged."""

        def alone(mention: Mention) -> str:
            around = text[: mention.start][-1:], text[mention.end :][:1]
            if "/" in around:
                return self.spelling.path
            return self.spelling.name if "`" in around or "(" in around else "words"

        return self._rename(text, alone, spoken=True)

    def _found(self, text: str) -> list[Mention]:
        found = Finder([self.old, *self.keep]).find(text)
        return [mention for mention in found if mention.noun == self.old]

    def _rename(self, text: str, alone: Callable[[Mention], str], spoken: bool) -> str:
        out = ""
        at = 0
        for mention in self._found(text):
            out += text[at : mention.start]
            old = text[mention.start : mention.end]
            case = self._case(text, mention) or self._capital(text, mention, spoken)
            case = case or alone(mention)
            new = self.spell(self._plural(text, mention, case), case)
            if spoken:
                out = _with_article(out, new)
            out += new if old else ""
            at = mention.end
        return out + text[at:]

    def spell(self, plural: bool, case: str) -> str:
        """Return the new noun in a number and a case."""
        words = self.new.words(plural)
        if case == "pascal":
            return self._pascal(words)
        if case == "camel":
            return words[0] + self._pascal(words[1:])
        if case == "title_snake":
            return "_".join(map(str.capitalize, words))
        if case == "train":
            return "-".join(map(str.capitalize, words))
        if case == "upper_kebab":
            return "-".join(words).upper()
        if case in ("words", "upper_words", "sentence", "title"):
            return self._spoken(words, case)
        return names.CASES[case](words)

    def _spoken(self, words: Sequence[str], case: str) -> str:
        if case == "upper_words":
            return " ".join(words).upper()
        shown = [self._initialism(word) or word for word in words]
        if case == "title":
            return " ".join(word[0].upper() + word[1:] for word in shown)
        text = " ".join(shown)
        return text[0].upper() + text[1:] if case == "sentence" else text

    def _pascal(self, words: Sequence[str]) -> str:
        return "".join(self._initialism(word) or word.capitalize() for word in words)

    def _initialism(self, word: str) -> str:
        if word in self.spelling.initialisms:
            return word.upper()
        one = word.removesuffix("s")
        return f"{one.upper()}s" if one != word and one in self.spelling.initialisms else ""

    def _case(self, text: str, mention: Mention) -> str:
        """Return the case that a mention shows by itself or by what it is joined to, or ``""``."""
        old = text[mention.start : mention.end]
        for mark, lower, upper, capital in (
            ("_", "snake", "upper_snake", "title_snake"),
            ("-", "kebab", "upper_kebab", "train"),
            (" ", "words", "upper_words", "title"),
        ):
            if mark in old:
                if old.isupper():
                    return upper
                if mark == " " and old[0].isupper() and old.count(mark) and _sentence(old):
                    return "sentence"
                return capital if old[0].isupper() else lower
        left, right = text[: mention.start][-1:], text[mention.end :][:1]
        if not old.islower() and not old.isupper():
            if old[0].islower():
                return "camel"
            return "title_snake" if "_" in (left, right) and not self._one_word() else ""
        if old.isupper() and len(old) > 1:
            if "_" in (left, right):
                return "upper_snake"
            return "pascal" if (left + right).isalnum() else ""
        return self._joined(left, right) if old.islower() else ""

    def _joined(self, left: str, right: str) -> str:
        """Return the case of a mention in lower case, from the letters beside it."""
        if "_" in (left, right):
            return "snake"
        if "-" in (left, right):
            return "kebab"
        if right.isupper():
            return "camel"
        if right.islower() or not self._one_word():
            return "flat"
        return ""

    def _capital(self, text: str, mention: Mention, spoken: bool) -> str:
        """Return the case of a mention that begins with a capital, ``""`` for any other."""
        old = text[mention.start : mention.end]
        if old[0].islower():
            return ""
        left, right = text[: mention.start][-1:], text[mention.end :][:1]
        if not spoken or _inner(left) or _inner(right) or not self._one_word():
            upper = old.isupper() and len(old) > 1 and old.lower() not in self.spelling.initialisms
            return "upper_snake" if upper else "pascal"
        if old.isupper() and len(old) > 1:
            return "words" if self._initialism(old.lower()) else "upper_words"
        before, after = text[: mention.start].rstrip(), text[mention.end :].lstrip()
        titled = after[:1].isupper() or (before[-1:].isalpha() and _last_word_is_title(before))
        return "title" if titled else "sentence"

    def _one_word(self) -> bool:
        return "_" not in self.old.singular

    def _plural(self, text: str, mention: Mention, case: str) -> bool:
        if not mention.noun.numberless:
            return mention.plural
        whole = mention.start == 0 and mention.end == len(text)
        left, right = text[: mention.start][-1:], text[mention.end :][:1]
        return "/" in (left, right) or (whole and case not in ("pascal", "camel"))


def _inner(char: str) -> bool:
    return char.isalnum() or char == "_"


def _sentence(old: str) -> bool:
    return all(word.islower() for word in old.split(" ")[1:])


def _last_word_is_title(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and words[-1][:1].isupper()


def _with_article(before: str, new: str) -> str:
    """Return the text before ``new`` with its article as ``new`` asks for it."""
    match = _ARTICLE.search(before)
    if match is None:
        return before
    article = names.article(new)
    old = match[1]
    if old == "AN" and article == "an":
        return before
    shown = article.capitalize() if old[0].isupper() else article
    return before[: match.start()] + shown + match[2]
