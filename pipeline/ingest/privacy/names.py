"""Names of people, suggested for review and never masked by guess: titles, cues, first names, speakers of the run."""

from __future__ import annotations

import re

from pipeline.ingest.privacy.contacts import is_word, one_of
from pipeline.language.lexicon.nouns import ambiguous_names, first_names
from pipeline.language.text.lists import read_lines, read_words

_CAPITAL = r"[A-ZÀ-Þ][\wà-ÿ’'-]*[\wà-ÿ]"
_CANDIDATE = re.compile(r"(?<![\w@’'-])[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ]?[a-zà-ÿ]+)*")
_PARTICLE = r"(?:(?:[Dd]e(?:\s+[Ll]a)?|[Dd]u|[Ll]e|[Ll]a|[Ee]l|[Bb]en)\s+|[Dd]['’]\s*)"
_SURNAME = re.compile(rf"\s+{_PARTICLE}?({_CAPITAL})(?![\w-])")
_NAME = rf"(?P<name>{_CAPITAL}(?:\s+{_PARTICLE}?{_CAPITAL})?)"
_SPELT_TITLES = "|".join(title.lower() for title in read_lines(__name__, "titles") if len(title) > 4)
_OF = r"(?:(?:de\s+la|de\s+l['’]|de|du|des)\s+|d['’]\s*)"
_TITLE = re.compile(
    rf"(?<![\w-])(?:{one_of('titles')}|{_SPELT_TITLES})\s+(?P<name>{_OF}?{_CAPITAL}(?:\s+{_PARTICLE}?{_CAPITAL})?)"
)
_RUN = re.compile(r"(?<![\w@’'-])[A-ZÀ-Þ][a-zà-ÿ]+(?:\s[A-ZÀ-Þ][a-zà-ÿ]+){2,3}(?![\w’'-])")
_CUE = re.compile(rf"(?i:(?:{one_of('name_openings')})\s*:?\s+){_NAME}")
_PLACE_BEFORE = re.compile(
    rf"(?i)\b(?:{one_of('named_places')})[\s-]+(?:(?:de|du|des|la|le|l['’])\s*)*(?:[a-zà-ÿ'-]+\s+)?$"
)
_NO_NAMES = read_words(__name__, "no_names") | {title.rstrip(".") for title in read_lines(__name__, "titles")}
Suggestion = tuple[int, int, str, str]


class NameFinder:
    """Suggests names in the contributions of a run.

    Parameters
    ----------
    speakers : names of the speakers of the run, as the files gave them; their parts are suggested wherever they occur.
    """

    def __init__(self, speakers: set[str]) -> None:
        parts = {part for name in speakers for part in re.findall(rf"{_CAPITAL}", name)}
        self._speakers = frozenset(part for part in parts if len(part) > 2 and part not in _NO_NAMES)

    def find(self, text: str) -> list[Suggestion]:
        """Suggestions (start, end, text, reason in French), in order, without overlap."""
        if text.islower():
            return []
        found: dict[int, tuple[int, str]] = {}
        for match in _TITLE.finditer(text):
            self._keep(found, text, match.start("name"), match.end("name"), "titre devant le nom")
        for match in _CUE.finditer(text):
            first = match["name"].split()[0]
            if first in first_names() or first in ambiguous_names() or " " in match["name"]:
                self._keep(found, text, match.start("name"), match.end("name"), "tournure qui introduit un nom")
        for match in _RUN.finditer(text):
            if not any(map(is_word, match.group().split())) and not self._is_of_a_place(text, match.start()):
                self._keep(found, text, match.start(), match.end(), "plusieurs noms propres à la suite")
        for match in _CANDIDATE.finditer(text):
            reason = self._reason(text, match)
            if reason:
                surname = _SURNAME.match(text, match.end())
                has_surname = surname is not None and surname[1] not in _NO_NAMES
                end = surname.end(1) if surname is not None and has_surname else match.end()
                self._keep(found, text, match.start(), end, reason)
        return self._without_overlap(text, found)

    def _reason(self, text: str, match: re.Match[str]) -> str:
        word = match.group()
        if word in self._speakers:
            return "nom d'une personne enregistrée"
        first = word.split("-")[0]
        if first not in first_names() and first not in ambiguous_names():
            return ""
        if self._is_of_a_place(text, match.start()):
            return ""
        if first in ambiguous_names():
            before = text[: match.start()].rstrip(' «"(')
            if (not before or before[-1] in ".!?:\n-–•") and not _SURNAME.match(text, match.end()):
                return ""
        return "prénom courant"

    def _keep(self, found: dict[int, tuple[int, str]], text: str, start: int, end: int, reason: str) -> None:
        if text[start:end].split()[0] not in _NO_NAMES and (start not in found or end > found[start][0]):
            found[start] = (end, reason)

    @staticmethod
    def _is_of_a_place(text: str, start: int) -> bool:
        return bool(_PLACE_BEFORE.search(text, max(0, start - 40), start))

    @staticmethod
    def _without_overlap(text: str, found: dict[int, tuple[int, str]]) -> list[Suggestion]:
        kept: list[Suggestion] = []
        for start in sorted(found):
            end, reason = found[start]
            if not kept or start >= kept[-1][1]:
                kept.append((start, end, text[start:end], reason))
        return kept
