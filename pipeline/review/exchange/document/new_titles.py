"""The title of a group as a sentence shows it (« à propos du médecin »), put back as a title (« Le médecin »)."""

from __future__ import annotations

import re

from pipeline.language.text.typography import capitalized
from pipeline.review.exchange.document.delivered import flat

_JOINTS = (
    ("de la ", "La "),
    ("de l'", "L’"),
    ("des ", "Les "),
    ("du ", "Le "),
    ("d'", ""),
    ("de ", ""),
    ("qu'", ""),
    ("que ", ""),
)
"""How a title begins after a preposition or « que », and how it begins by itself, the longest first."""
_WORDS_MAX = 25
_SIGNS = re.compile(r"[,;:.()«»]")


def is_title(written: str, title: str) -> bool:
    """Whether what was written is a title, and not the rest of a sentence: no longer, nor cut by more signs."""
    return len(written.split()) <= _WORDS_MAX and len(_SIGNS.findall(written)) <= len(_SIGNS.findall(title))


def new_title(shown: str, title: str, written: str) -> str:
    """The title that was meant by what was written where a title was shown.

    Parameters
    ----------
    shown : what the sentence showed of `title`: `du médecin` for `Le médecin`.
    """
    written = " ".join(written.split()).strip(" ,;:.")
    if not written or flat(shown).casefold() == flat(title).casefold():
        return capitalized(written)
    before, after = next((pair for pair in _JOINTS if flat(shown).casefold().startswith(pair[0])), ("", ""))
    if after and not flat(title).casefold().startswith(flat(after).casefold()):
        after = ""  # « de la » was the title's own
    for joint, article in ((before, after), *_JOINTS):
        if joint and flat(written).casefold().startswith(joint):
            return capitalized(article + written[len(joint) :].lstrip())
    return capitalized(written)
