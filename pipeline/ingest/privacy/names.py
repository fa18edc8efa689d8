"""Names of people, suggested for review and never masked by guess: titles, cues, first names, speakers of the run."""

import re
from collections.abc import Set as AbstractSet

from pipeline.ingest.privacy.contacts import is_word, one_of, words_in, words_of
from pipeline.language.lexicon.nouns import ambiguous_names, first_names, french_names
from pipeline.language.lexicon.verbs import third_person
from pipeline.language.syntax.function_words import of
from pipeline.language.text.lists import read_lines, read_words

_UPPER, _LOWER = ("".join(c for c in map(chr, range(0x250)) if keep(c)) for keep in (str.isupper, str.islower))
"""Letters of the Latin alphabets: « Şükran », « Łukasz »."""
_CAPITAL = rf"[{_UPPER}][\w’'-]*\w"
_CANDIDATE = re.compile(rf"(?<![\w@’'-])[{_UPPER}][{_LOWER}]+(?:-[{_UPPER}]?[{_LOWER}]+)*")
_PARTICLE = r"(?:(?:[Dd]e(?:\s+[Ll]a)?|[Dd]u|[Ll]e|[Ll]a|[Ee]l|[Bb]en)\s+|[Dd]['’]\s*)"
_SURNAME = re.compile(rf"\s+{_PARTICLE}?({_CAPITAL})(?![\w-])")
_NAME = rf"(?P<name>{_CAPITAL}(?:\s+{_PARTICLE}?{_CAPITAL})?)"
_SPELT_TITLES = "|".join(title.lower() for title in read_lines(__name__, "titles") if len(title) > 4)
_OF = r"(?:(?:de\s+la|de\s+l['’]|de|du|des)\s+|d['’]\s*)"
_TITLE = re.compile(
    rf"(?<![\w-])(?:{one_of('titles')}|{_SPELT_TITLES})\s+(?P<name>{_OF}?{_CAPITAL}(?:\s+{_PARTICLE}?{_CAPITAL})?)"
)
_RUN = re.compile(r"(?<![\w@’'-])[A-ZÀ-Þ][a-zà-ÿ]+(?:\s[A-ZÀ-Þ][a-zà-ÿ]+){2,3}(?![\w’'-])")
_INITIALS = re.compile(rf"(?<![\w.-])(?P<name>(?:[A-ZÀ-Þ]\.[\s-]?){{1,2}}\s?(?P<surname>{_CAPITAL}))(?![\w-])")
_SHOUTED = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ]{3,}(?:-[A-ZÀ-Þ]{2,})?(?![\w'’-])")
_CUE = re.compile(rf"(?i:(?:{one_of('name_openings')})\s*:?\s+){_NAME}")
_WHOLE_NAME = rf"{_CAPITAL}\s+{_PARTICLE}?{_CAPITAL}"
_ROLE = re.compile(
    rf"(?i:(?<![\w-])(?:{one_of('role_openings')})\s*:?\s+)(?P<names>{_WHOLE_NAME}(?:\s*(?:,|/|\bet\b)\s*{_WHOLE_NAME})*)"
)
_EACH_NAME = re.compile(_WHOLE_NAME)
_CUE_WORDS, _ROLE_WORDS = words_of("name_openings"), words_of("role_openings")
_KIND = rf"(?i:(?<![\w-])(?:{one_of('named_places')})(?:s|x)?(?![\w]))"
_THE = r"(?:(?i:de\s+la|de\s+l['’]|du|des|la|le|les)\s+|(?i:de\s+l['’]|l['’])\s*)"
_OFFICE = rf"(?:(?:{one_of('offices')})\s+(?:de\s+|d['’])?)"
_CALLED = r"[A-ZÀ-Þ0-9][\w'’-]*"
_PLACE_BEFORE = re.compile(
    rf"{_KIND}[\s-]+(?P<between>(?:(?:de\s+|d['’])?(?!de\s)[a-zà-ÿ'-]+\s+){{0,2}}){_THE}*(?:(?:de\s+)?{_OFFICE})?(?:{_CALLED}\s+){{0,3}}$"
)
"""A place and its name up to where a person's might begin: `école primaire `, `rue du Docteur `, `institut Marie `."""
_PLACES_BEFORE = re.compile(
    rf"(?i:(?<![\w-])(?:{one_of('named_places')})(?:s|x))\s+(?:{_THE}*{_CALLED}(?:\s{_CALLED})*(?:\s*,\s*|\s+(?:et|ou)\s+))*{_THE}*(?:{_CALLED}\s+)*$"
)
"""`les rues Pasteur, Victor-Hugo et `: all that are listed are places."""
_STREET = rf"(?i:(?<![\w-])(?:{one_of('street_words')}|angle)\s+(?:de\s+|d['’])?)"
_STREET_BEFORE = re.compile(rf"{_STREET}{_THE}*{_CALLED}(?:\s{_CALLED})*\s*/\s*$")
_STREET_AFTER = re.compile(rf"{_CALLED}(?:\s{_CALLED})*\s*/\s*{_STREET}")
"""`rue Pasteur / Corentin`, `Corentin / rue Pasteur`: where two streets meet."""
_NOT_BETWEEN = of("prepositions", "joins", "relatives", "subordinators", "persons") - {"de", "d'", "d’"}
"""`La salle est à Nathalie`, `le parc où Pierre joue`: what stands between tells that the name is somebody's."""
_FAR = 60
_FEASTS = read_words(__name__, "feasts")
_SHOPS = tuple(read_lines(__name__, "shops"))
_NO_NAMES = read_words(__name__, "no_names") | {title.rstrip(".") for title in read_lines(__name__, "titles")}
FIRST_NAME = "prénom courant"
Suggestion = tuple[int, int, str, str]


class NameFinder:
    """Suggests names in the contributions of a run.

    Parameters
    ----------
    speakers : names of the speakers of the run, as the files gave them; their parts are suggested wherever they occur.
    public : names of those who are public and named: neither they nor their surnames are suggested.

    Attributes
    ----------
    places : whole names that a word of a place stood before: « le parc Colette Besson », then « à Colette Besson ».
    """

    def __init__(self, speakers: set[str], public: AbstractSet[str] = frozenset()) -> None:
        named = [re.findall(_CAPITAL, name) for name in public]
        self.places: set[str] = set()
        self._public = frozenset(word for words in named for word in words)
        self._surnames = frozenset(word for words in named for word in (words[1:] or words))
        self._speakers = {part for name in speakers for part in re.findall(_CAPITAL, name) if len(part) > 2}

    def find(self, text: str) -> list[Suggestion]:
        """Suggestions (start, end, text, reason in French), in order, without overlap."""
        if text.islower():
            return []
        found: dict[int, tuple[int, str]] = {}
        self._introduced(text, found)
        self._of_shape(text, found)
        for match in _CANDIDATE.finditer(text):
            reason = self._reason(text, match)
            if reason:
                surname = _SURNAME.match(text, match.end())
                has_surname = surname is not None and surname[1] not in _NO_NAMES
                end = surname.end(1) if surname is not None and has_surname else match.end()
                self._keep(found, text, match.start(), end, reason)
        return self._without_overlap(text, found)

    def _introduced(self, text: str, found: dict[int, tuple[int, str]]) -> None:
        """Keep what a title or a turn of phrase introduces as a name."""
        for match in _TITLE.finditer(text):
            if match["name"] in _FEASTS or self._is_of_a_place(text, match.start()):  # « le Père Noël »
                continue
            self._keep(found, text, match.start("name"), match.end("name"), "titre devant le nom")
        words = words_in(text)
        for match in _CUE.finditer(text) if not words.isdisjoint(_CUE_WORDS) else ():
            first = match["name"].split()[0]
            if self._is_of_a_place(text, match.start()) or self._is_of_a_place(text, match.start("name")):
                continue
            if first in first_names() or first in ambiguous_names() or " " in match["name"]:
                self._keep(found, text, match.start("name"), match.end("name"), "tournure qui introduit un nom")
        for roles in _ROLE.finditer(text) if not words.isdisjoint(_ROLE_WORDS) else ():
            for match in _EACH_NAME.finditer(text, *roles.span("names")):
                if not any(map(is_word, re.findall(_CAPITAL, match.group()))):
                    self._keep(found, text, match.start(), match.end(), "tournure qui introduit un nom")

    def _of_shape(self, text: str, found: dict[int, tuple[int, str]]) -> None:
        """Keep what has the shape of a name: an initial and a surname, a first name in capitals, names in a row."""
        for match in _INITIALS.finditer(text):
            if not is_word(match["surname"]) and not self._is_of_a_place(text, match.start()):
                self._keep(found, text, match.start(), match.end(), "initiale devant un nom")
        for match in _SHOUTED.finditer(text) if not text.isupper() else ():
            if match.group().title() in french_names() and not self._is_of_a_place(text, match.start()):
                self._keep(found, text, match.start(), match.end(), FIRST_NAME)
        for match in _RUN.finditer(text):
            if not any(map(is_word, match.group().split())) and not self._is_of_a_place(text, match.start()):
                self._keep(found, text, match.start(), match.end(), "plusieurs noms propres à la suite")

    def _reason(self, text: str, match: re.Match[str]) -> str:
        word = match.group()
        if word in self._speakers:
            return "nom d'une personne enregistrée"
        first = word.split("-")[0]
        if first not in first_names() and first not in ambiguous_names():
            return ""
        surname = _SURNAME.match(text, match.end())
        if self._is_of_a_place(text, match.start()):
            self.places |= {text[match.start() : surname.end(1)]} if surname else set()
            return ""
        if word in _FEASTS and not surname:
            return ""
        if first in ambiguous_names():
            before = text[: match.start()].rstrip(' «"(')
            if (not before or before[-1] in ".!?:\n-–•") and not surname:
                return ""
        return FIRST_NAME

    def _keep(self, found: dict[int, tuple[int, str]], text: str, start: int, end: int, reason: str) -> None:
        if text[start:end].split()[0] not in _NO_NAMES and (start not in found or end > found[start][0]):
            found[start] = (end, reason)

    @staticmethod
    def _is_of_a_place(text: str, start: int) -> bool:
        """Whether what begins there names a street, a building, an institution, a shop."""
        if text.startswith(_SHOPS, start):
            return True
        low = max(0, start - _FAR)
        if _STREET_AFTER.match(text, start) or _STREET_BEFORE.search(text, low, start):
            return True
        found = _PLACE_BEFORE.search(text, low, start)
        if found is not None:
            between = found["between"].split()
            return not any(word in _NOT_BETWEEN or third_person(word) is not None for word in between)
        return _PLACES_BEFORE.search(text, low, start) is not None

    def _without_overlap(self, text: str, found: dict[int, tuple[int, str]]) -> list[Suggestion]:
        kept: list[Suggestion] = []
        for start in sorted(found):
            end, reason = found[start]
            words = frozenset(re.findall(_CAPITAL, text[start:end]))
            is_public = bool(words & self._surnames) and words <= self._public  # a first name may be another's
            if (not kept or start >= kept[-1][1]) and not is_public:
                kept.append((start, end, text[start:end], reason))
        return kept
