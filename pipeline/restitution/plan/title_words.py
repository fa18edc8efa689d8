"""The word that a title has to itself, and who says it: whoever looks for it in the files finds as many, where by how
many the title itself is said, nobody knows before they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from pipeline.language.lexicon.nouns import first_names, is_invariable, is_noun
from pipeline.language.lexicon.spelling import is_spelt
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.rarity import background
from pipeline.restitution.material.kinship import QUALIFIERS
from pipeline.restitution.quoting.quotes import masked
from pipeline.workshop.model import Group, Item, Material

USUAL_SHARE = 0.008
"""Share of the ideas of workshops that hold a word, above which it names no matter by itself."""
_WORD = re.compile(r"\w+(?:-\w+)*")
_OF_A_WORD = re.compile(r"\w{3,}['’]$")
"""What stands before the end of a word that holds an apostrophe: `prud’hommes`."""


class TitleWords:
    """Finds the words of people's titles in what was said, once, as the document shows it."""

    def __init__(self, material: Material, aside: frozenset[str]) -> None:
        self._material = material
        self._aside = aside

    def own_word(self, title: str, members: Sequence[Item]) -> tuple[str, list[Item]]:
        """The noun or name of a title that is said mostly under it, and most often, with those of `members` that say
        it; "" for none."""
        found: dict[str, list[Item]] = {}
        for word in self._words(title):
            said: set[str] = self._sayers.get(word, set())
            held = [item for item in members if item.item_id in said]
            if 2 * len(held) >= len(said) > 0:
                found[word] = held
        return max(found.items(), key=lambda pair: len(pair[1]), default=("", []))

    @cached_property
    def _sayers(self) -> Mapping[str, set[str]]:
        """Word of a title → ideas that say it, whatever its case and its number."""
        groups: list[Group] = [group for group in self._material.groups.values() if group.is_of_people]
        words = {word for title in {group.title for group in groups} for word in self._words(title)}
        of_form: dict[str, set[str]] = {}
        for word in words:
            for form in _forms(word):
                of_form.setdefault(form, set()).add(word)
        found: dict[str, set[str]] = {}
        for item in self._material.items.values() if of_form else ():
            for form in of_form.keys() & set(_WORD.findall(masked(item).lower())):
                for word in of_form[form]:
                    found.setdefault(word, set()).add(item.item_id)
        return found

    def _words(self, title: str) -> list[str]:
        """The nouns, and the names that the dictionary lacks, of a title, as they stand in a sentence."""
        found = []
        for match in _WORD.finditer(title):
            word, low = match[0], match[0].lower()
            stems = set(content_stems(word)) - self._aside - QUALIFIERS
            is_cut = title[match.end() :][:1] in ("'", "’") or _OF_A_WORD.search(title[: match.start()]) is not None
            if is_cut or len(stems) != 1 or any(map(_is_usual, stems)) or not (is_noun(low) or not is_spelt(low)):
                continue
            is_lowered = match.start() == 0 and word.istitle() and is_noun(low) and low not in first_names()
            found.append(low if is_lowered else word)
        return list(dict.fromkeys(found))


def _forms(word: str) -> set[str]:
    """A word, its plural and its singular, in small letters."""
    low = word.lower()
    found = {low, f"{low}s", f"{low}x"}
    found |= {low[:-1]} if low[-1] in "sx" and not is_invariable(low) else set()
    found |= {f"{low[:-3]}al"} if low.endswith("aux") else {f"{low[:-2]}aux"} if low.endswith("al") else set()
    return found


def _is_usual(stem: str) -> bool:
    """Whether people say a word of whatever they speak of: « ensemble », « juste »."""
    n_texts, counts = background()
    return counts.get(stem, 0) > USUAL_SHARE * n_texts
