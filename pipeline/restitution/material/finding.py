"""Where a title stands in what was said."""

from __future__ import annotations

_SAME = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "É": "E", "é": "e", "Ê": "E", "ê": "e"})


def find_words(text: str, wanted: str) -> tuple[int, int] | None:
    """Where `wanted` stands in `text`, but for its first capital, accents on e (`_SAME`), last punctuation, spaces."""
    bare = wanted.translate(_SAME).strip().rstrip(" .;:,…!")
    where = text.translate(_SAME)
    for form in dict.fromkeys((bare, bare[:1].lower() + bare[1:])):
        at = where.find(form) if form else -1
        end = at + len(form)
        if at >= 0 and not where[:at][-1:].isalnum() and not where[end:][:1].isalnum():
            end += len(where[end:]) - len(where[end:].lstrip(" ")) + 1 if where[end:].lstrip(" ")[:1] == "?" else 0
            return at, end
    return None
