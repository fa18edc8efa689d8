"""Names of people, suggested for review and never masked by guess: titles, cues, first names, speakers of the run."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.execution import Executor, LocalExecutor, partition_bounds
from pipeline.ingest.privacy.contacts import is_word, one_of, words_in, words_of
from pipeline.language.lexicon.nouns import ambiguous_names, first_names, french_names, is_noun
from pipeline.language.lexicon.verbs import third_person
from pipeline.language.syntax.function_words import every_word, of
from pipeline.language.syntax.workshop_lexicon import acts
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_words
from pipeline.workshop.records import standing

_UPPER, _LOWER = ("".join(c for c in map(chr, range(0x250)) if keep(c)) for keep in (str.isupper, str.islower))
"""Letters of the Latin alphabets: « Şükran », « Łukasz »."""
_CAPITAL = rf"[{_UPPER}][\w’'-]*\w"
_CANDIDATE = re.compile(rf"(?<![\w@-])[{_UPPER}][{_LOWER}]+(?:-[{_UPPER}]?[{_LOWER}]+)*")
_PARTICLE = r"(?i:(?:de(?:\s+la)?|du|le|la|el|ben)\s+|d['’]\s*)"
_LAST = rf"{_PARTICLE}?(?!(?i:de|du|le|la)(?!\w)){_CAPITAL}"
_SURNAME = re.compile(rf"\s+{_LAST.removesuffix(_CAPITAL)}(?!(?!Mac)\w*[{_LOWER}]{{2}}[{_UPPER}])({_CAPITAL})(?![\w-])")
"""No `OpenStreetMap`: capitals inside are an organisation's."""
_PSEUDONYM = re.compile(rf"(?<![\w@./-])([{_UPPER}{_LOWER}]{{3,}})\d{{1,4}}(?![\w@])")
"""`Odile29`."""
_NAME = rf"(?P<name>{_CAPITAL}(?:\s+{_LAST})?)"
_SPELT_TITLES = "|".join(title.lower() for title in read_lines(__name__, "titles") if len(title) > 4)
_OF = r"(?:(?:de\s+la|de\s+l['’]|de|du|des)\s+|d['’]\s*)"
_TITLE = re.compile(rf"(?<![\w-])(?:{one_of('titles')}|{_SPELT_TITLES})\s+(?P<name>{_OF}?{_CAPITAL}(?:\s+{_LAST})?)")
_TAUGHT = re.compile(rf"d(?:es\s+|['’])({_CAPITAL})$")
"""`professeur des Écoles`, `professeur d'Économie`."""
_RUN = re.compile(
    r"(?<![\w@’'-])(?:[A-ZÀ-Þ][a-zà-ÿ]+(?:\s[A-ZÀ-Þ][a-zà-ÿ]+){2,3}"
    rf"|[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?\s(?P<particle>{_PARTICLE})?[A-ZÀ-Þ]{{4,}}(?:-[A-ZÀ-Þ]{{2,}})?)(?![\w’'-])"
)
"""`Tran Thi Bao`, `Fanchon LE GALLOU`."""
_INITIALS = re.compile(
    rf"(?<![\w.-])(?P<name>(?:[A-ZÀ-Þ]\.?-)?(?:[A-ZÀ-Þ]\.[\s-]?){{1,2}}\s?(?:[LD][ae]\s)?(?P<surname>{_CAPITAL}))(?![\w-])"
)
_BRACKETED = re.compile(r"\s*\(([A-ZÀ-Þ]{2,4})\)")
_SHOUTED = re.compile(
    r"(?<![\w'’-])(?<!\b[A-Z]{2}[ /])(?<!\b[A-Z]{3}[ /])(?<!\b[A-Z]{4}[ /])"
    r"[A-ZÀ-Þ]{3,}(?:-[A-ZÀ-Þ]{2,})?(?![\w'’-]|/[A-Z])"
)
"""« les DOM TOM », « DOM/TOM » are no people."""
_FIRST_LETTER = re.compile(r"(?<![\w.-])(?:[A-ZÀ-Þ]\.?-)?[A-LN-ZÀ-Þ]\.\s?$")
_LAST_LETTER = re.compile(r"\s([A-ZÀ-Þ])(?=\.|\s*(?:[,;:()/–—-]|$))")
"""`N. Lavandier`, `Odile L.`"""
_SURNAME_FIRST = re.compile(rf"(?:^|[\n,;:•(])\s*(?![{_UPPER}]['’][{_LOWER}])({_CAPITAL})\s$")
_NAME_IS_OVER = re.compile(r"\s*(?:[,;:()/–—-]|$)")
_CUE = re.compile(rf"(?i:(?:{one_of('name_openings')})\s*:?\s+){_NAME}")
_WHOLE_NAME = rf"{_CAPITAL}\s+{_LAST}"
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
    rf"{_KIND}[\s-]+(?P<between>(?:(?:de\s+|d['’])?(?!de\s)[a-zà-ÿ'-]+\s+){{0,2}}){_THE}*(?:(?:de\s+)?{_OFFICE})?(?:{_CALLED}\s+(?:l[ae]s?\s+)?){{0,3}}$"
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
_WAY_BEFORE = re.compile(
    r"(?i:(?<![\w-])(?:rues?|pistes?|avenues?|boulevards?|routes?|chemins?|voies?|quais?)"
    r"(?:\s+[a-zà-ÿ'’-]+){0,5}\s+sur\s+)$"
)
"""`une piste plus large sur `: a street that people call by its name alone."""
_SPOT = re.compile(
    rf"(?i:(?<![\w'’-])(?:sur|vers|entre|jusqu['’]à|le long d[eu]"
    rf"|(?:au|à l['’])\s?(?:nord|sud|est|ouest|angle|coin) d[eu]))\s+(?P<name>{_CAPITAL})|(?<=/)(?P<after>{_CAPITAL})"
)
"""Where what is named is a place: `jusqu'à Sophie-Barat`, `Lannec/Sophie-Barat`."""
_WAY_IN_FILE = re.compile(rf"(?:^|[\W_])(?:{one_of('street_words')})[\W_]+(?:d[eu]s?[\W_]+)?$", re.IGNORECASE)
"""`groupe_place_`: what the name of a file says after it is a street's."""
_ARTICLE_BEFORE = re.compile(r"(?i:(?<![\w'’-])(?:l[ae]|du|au|une?|cet?|cette)\s+)$")
_WORD_AFTER = re.compile(r"\s+([a-zà-ÿœ]+)(?![\w'’])")
_TOKEN = re.compile(r"[^\W\d_]+")
_ELISION = re.compile(r"(?<!['’])|(?<=\b[Dd]['’])|(?<=\b[Qq]u['’])")
"""`d'Odile`, `qu'Odile`: before other letters an apostrophe is inside a word."""
_ANY_NAME = re.compile(rf"(?<![\w@-])(?:(?:LE|LA|DE|DU)\s+)*(?P<word>{_CAPITAL})")
_SURNAME_MIN = 4
_JOINED = re.compile(r"-(?:sur|sous|l[eè]s|en|l[ea]|d[eu])-")
"""`Vern-sur-Seiche`, `M. Tout-le-monde`."""
_SAINT = re.compile(r"\bS(?:ain)?te?\b")
_ROLL = re.compile(
    rf"{_CAPITAL}(?:(?:\s*,\s+|\s+et\s+){_CAPITAL}){{2,}}"
    rf"|{_CAPITAL}(?:\s+{_LAST})?\s+&\s+{_CAPITAL}(?:\s+{_LAST})?|{_WHOLE_NAME}\s+et\s+{_WHOLE_NAME}"
)
"""`Odile, Idrissa et Paul`, `Nathalie & Maëlan`, `Odile Vasseur et Nolwaz Kerbrad`."""
_EACH_OF_ROLL = re.compile(rf"{_CAPITAL}(?:\s+{_LAST})?")
_FAR = 60
_FEASTS = read_words(__name__, "feasts")
_SHOPS = tuple(read_lines(__name__, "shops"))
_NO_NAMES = read_words(__name__, "no_names") | {title.rstrip(".") for title in read_lines(__name__, "titles")}
FIRST_NAME, ELSEWHERE = "prénom courant", "nom dit ailleurs dans l'atelier"
_SPEAKER = "nom d'une personne enregistrée"
_INITIAL, _IN_A_ROW = "initiale devant un nom", "plusieurs noms propres à la suite"
_TITLED, _INTRODUCED = "titre devant le nom", "tournure qui introduit un nom"
_REASONS = (FIRST_NAME, _SPEAKER, _INITIAL, _IN_A_ROW, _TITLED, _INTRODUCED)
_OF_PLACE, _AT_PLACE = len(_REASONS), len(_REASONS) + 1
"""The name of a place, the first name in it."""
FOUND = np.dtype([("key", "<u8"), ("start", "<i4"), ("end", "<i4"), ("what", "i1")])
"""What stands in a text read by itself, by a key of the text and of who spoke: a name by the place of its reason in
`_REASONS`, or one of a place; a text where nothing stands has one row, from −1."""
N_TOGETHER = 16_384
"""Texts whose names are looked for at once, by one process when there are many."""
Span = tuple[int, int]
Suggestion = tuple[int, int, str, str]
_Found = tuple[int, int, int]
"""A row of `FOUND` without its key."""
_NOTHING = ((-1, -1, 0),)


class NameFinder:
    """Suggests names in the contributions of a run.

    Parameters
    ----------
    speakers : names of the speakers of the run, as the files gave them; their parts are suggested wherever they occur,
        what is no word wherever it stands: `feth`, `JP`.
    public : names of those who are public and named: neither they nor their surnames are suggested.

    Attributes
    ----------
    places : whole names that a word of a place stood before: « le parc Colette Besson », then « à Colette Besson ».
    found : of each text that `find_in_run` was given, see `FOUND`.
    """

    def __init__(self, speakers: set[str], public: AbstractSet[str] = frozenset()) -> None:
        self._given = speakers, public
        named = [re.findall(_CAPITAL, name) for name in public]
        self.places: set[str] = set()
        self.found: npt.NDArray[Any] = np.zeros(0, dtype=FOUND)
        self._in_places: list[_Found] = []
        self._at_places: Counter[str] = Counter()
        self._public = frozenset(word for words in named for word in words)
        self._surnames = frozenset(word for words in named for word in (words[1:] or words))
        self._speakers = {part for name in speakers for part in re.findall(_CAPITAL, name) if len(part) > 2}
        short = {name for name in speakers if len(name) > 1 and not self._speakers & {*re.findall(_CAPITAL, name)}}
        handles = {name for name in short if not any(map(is_word, _TOKEN.findall(name)))}
        self._handles = (
            standing({one for one in handles if one.islower()}, folds=True),
            standing({one for one in handles if not one.islower()}),
        )

    def find(self, text: str) -> list[Suggestion]:
        """Suggestions (start, end, text, reason in French), in order, without overlap."""
        return self._told(text, self._found_in(text))

    def _found_in(self, text: str) -> list[_Found]:
        self._in_places = []
        names = self._names_in(text)
        return [(start, end, _REASONS.index(reason)) for start, end, _, reason in names] + self._in_places

    def _told(self, text: str, found: Iterable[_Found]) -> list[Suggestion]:
        """The suggestions of a text, those of places noted."""
        names: list[Suggestion] = []
        for start, end, what in found:
            if what == _OF_PLACE:
                self.places.add(text[start:end])
            elif what == _AT_PLACE:
                self._at_places[text[start:end]] += 1
            else:
                names.append((start, end, text[start:end], _REASONS[what]))
        return names

    def _names_in(self, text: str) -> list[Suggestion]:
        found = {start: (end, _SPEAKER) for handles in self._handles for start, end in handles(text)}
        if text.islower():
            return self._without_overlap(text, found)
        self._introduced(text, found)
        for match in _CANDIDATE.finditer(text):
            reason = self._reason(text, match)
            if reason:
                start, end = _whole_name(text, *match.span())
                self._keep(found, text, start, end, reason)
        self._of_shape(text, found)
        self._pseudonyms(text, found)
        return self._without_overlap(text, found)

    def find_in_run(
        self,
        said: Iterable[tuple[str, str]],
        executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
        known: npt.NDArray[Any] | None = None,
    ) -> list[tuple[str, int, int, str, str]]:
        """Suggestions in the texts (id, text) of a run, each after its id; many texts are read by `executor`, but those
        that were read before by the same code (`known`, see `FOUND`).

        A name suggested once is one wherever it stands with a capital, unless people also write it without; so is a
        first name of other languages: « le Lean, un lean canvas ». So are its initials, where brackets tell them. What
        is the name of a place more often than not is none anywhere.
        """
        texts = dict(said)
        found = dict(zip(texts, self._find_each([*texts.values()], executor, known), strict=True))
        suggested = [name for names in found.values() for name in names]
        places, things = self._known_places(texts, suggested), _written_small(texts, suggested)
        kept = {
            one: [name for name in names if not (_is_one_of(name, places) or _rare_name(name).lower() in things)]
            for one, names in found.items()
        }
        told = {word for one, names in kept.items() for name in names for word in _told_by(name, texts[one])}
        for one, forms in _where(told, texts):
            kept[one] = self._with_known(texts[one], kept[one], forms)
        return [(one, *name) for one, names in kept.items() for name in names]

    def _find_each(
        self, texts: list[str], executor: Executor, known: npt.NDArray[Any] | None
    ) -> Iterator[list[Suggestion]]:
        known = self.found if known is None or known.dtype != FOUND else known
        keys = self._keys(texts)
        new, first = np.unique(keys, return_index=True)
        left = np.sort(first[~np.isin(new, known["key"])])
        bounds = partition_bounds(len(left), N_TOGETHER)
        parts = ((*self._given, [texts[row] for row in left[start:end]]) for start, end in bounds)
        read = [one for part in executor.map(_found_in, parts) for one in part]
        rows = [(key, *one) for key, found in zip(keys[left].tolist(), read, strict=True) for one in found or _NOTHING]
        held = np.concatenate([known[np.isin(known["key"], keys)], np.array(rows, dtype=FOUND)])
        self.found = held[np.argsort(held["key"], kind="stable")]
        starts, ends = (np.searchsorted(self.found["key"], keys, side) for side in ("left", "right"))
        is_told = self.found["start"][starts] >= 0
        for text, start, end, told in zip(texts, starts.tolist(), ends.tolist(), is_told.tolist(), strict=True):
            rows_of = self.found[["start", "end", "what"]][start:end].tolist() if told else ()
            yield self._told(text, rows_of)

    def _keys(self, texts: Sequence[str]) -> npt.NDArray[np.uint64]:
        """A 64-bit key of each text (blake2b), and of who spoke."""
        who = hashlib.blake2b(repr([sorted(one) for one in self._given]).encode("utf-8", "replace")).digest()
        each = (hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=who) for text in texts)
        return np.frombuffer(b"".join(one.digest() for one in each), dtype="<u8").astype(np.uint64)

    def _known_places(self, texts: Mapping[str, str], names: list[Suggestion]) -> set[str]:
        """The first names that are those of places wherever they stand: a word of a place is before half of them, or
        they are a street's by their form, « Sophie-Barat », and one stands where places do; but those of people who
        are named in full, by a title, or spoke."""
        ways = {word for name in names for word in name[2].split() if _is_of_a_way(word)}
        people = {
            word
            for _, _, name, reason in names
            if reason != FIRST_NAME or (len(name.split()) > 1 and ways.isdisjoint(name.split()))
            for word in name.split()
        }
        said = texts.values() if ways else ()
        spots = {(found["name"] or found["after"]).casefold() for text in said for found in _SPOT.finditer(text)}
        known = {way for way in ways if way in self._at_places or way.casefold() in spots}
        alone = Counter(name for _, _, name, _ in names)
        known |= {name for name, n in alone.items() if 2 * self._at_places[name] > n + 1}
        return known - people | self.places

    def find_in_files(self, files: Mapping[str, str], known: Iterable[str]) -> Iterator[tuple[str, int, int, str, str]]:
        """Suggestions in the names of files (id, name), each after its id, of which some names are `known`."""
        names = self._speakers.union(known)
        parts = {fold(part) for name in names for part in _TOKEN.findall(name)} | set(map(fold, french_names()))
        for one, text in files.items():
            yield from ((one, start, end, text[start:end], ELSEWHERE) for start, end in _in_file(text, parts))

    def _with_known(self, text: str, names: list[Suggestion], known: set[str]) -> list[Suggestion]:
        again = [match for match in _ANY_NAME.finditer(text) if match["word"] in known]
        found = {start: (end, reason) for start, end, _, reason in names}
        for match in again:
            if _ELISION.match(text, match.start()) and not self._is_of_a_place(text, match.start()):
                self._keep(found, text, *match.span(), ELSEWHERE)
        return self._without_overlap(text, found)

    def _introduced(self, text: str, found: dict[int, tuple[int, str]]) -> None:
        """Keep what a title or a turn of phrase introduces as a name."""
        for match in _TITLE.finditer(text):
            taught = _TAUGHT.match(match["name"])
            is_feast = match["name"] in _FEASTS  # « le Père Noël »
            if is_feast or (taught and is_word(taught[1])) or self._is_of_a_place(text, match.start()):
                continue
            self._keep(found, text, match.start("name"), match.end("name"), _TITLED)
        words = words_in(text)
        for match in _CUE.finditer(text) if not words.isdisjoint(_CUE_WORDS) else ():
            first = match["name"].split()[0]
            if self._is_of_a_place(text, match.start()) or self._is_of_a_place(text, match.start("name")):
                continue
            following = _SURNAME.match(text, match.end())  # « Lannec Vidal Campus » is no person
            parts = re.findall(_CAPITAL, match["name"]) + ([following[1]] if following else [])
            is_whole = len(parts) > 1 and not any(map(is_word, parts))
            if first in first_names() or first in ambiguous_names() or is_whole:
                self._keep(found, text, match.start("name"), match.end("name"), _INTRODUCED)
        for roles in _ROLE.finditer(text) if not words.isdisjoint(_ROLE_WORDS) else ():
            for match in _EACH_NAME.finditer(text, *roles.span("names")):
                if not any(map(is_word, re.findall(_CAPITAL, match.group()))):
                    self._keep(found, text, match.start(), match.end(), _INTRODUCED)

    def _of_shape(self, text: str, found: dict[int, tuple[int, str]]) -> None:
        """Keep what has the shape of a name: an initial and a surname, a first name in capitals, names in a row."""
        for match in _INITIALS.finditer(text):
            if self._is_of_initials(text, match):
                self._keep(found, text, match.start(), match.end(), _INITIAL)
        for match in _SHOUTED.finditer(text) if not text.isupper() else ():
            if match.group().title() in french_names() and not self._is_of_a_place(text, match.start()):
                surname = _SURNAME.match(text, match.end())
                end = surname.end(1) if surname and not is_word(surname[1]) else match.end()
                self._keep(found, text, match.start(), end, FIRST_NAME)
        for roll in _ROLL.finditer(text):
            for start, end in self._of_roll(text, *roll.span()):
                self._keep(found, text, start, end, _IN_A_ROW)
        for match in _RUN.finditer(text):
            first, *others = match.group().replace(match["particle"] or " ", " ").split()
            if _SAINT.search(match.group()):
                continue  # « Val St Albin »
            is_sure = (match["particle"] or "").isupper() and first.lower() not in every_word()  # « Fanchon LE GALLOU »
            if not any(map(is_word, others if is_sure else (first, *others))) and not self._is_of_a_place(
                text, match.start()
            ):
                self._keep(found, text, match.start(), match.end(), _IN_A_ROW)

    def _is_of_initials(self, text: str, match: re.Match[str]) -> bool:
        """Whether a surname stands after initials: not a first name after a civility, « M. Christian Perret »."""
        is_civility = match.group().startswith("M. ") and match["surname"] in french_names()
        return not (is_civility or is_word(match["surname"]) or self._is_of_a_place(text, match.start()))

    def _of_roll(self, text: str, start: int, end: int) -> list[Span]:
        """Who are named in a list of which half are usual first names."""
        names = list(_EACH_OF_ROLL.finditer(text, start, end))
        are_names = 2 * sum(name.group().split()[0] in french_names() for name in names) >= len(names)
        found = [name.span() for name in names if not any(map(is_word, name.group().split()))] if are_names else []
        return [] if self._is_of_a_place(text, start) else found

    def _pseudonyms(self, text: str, found: dict[int, tuple[int, str]]) -> None:
        for match in _PSEUDONYM.finditer(text):
            first = match[1].title()
            is_somebody = first in french_names() and first not in ambiguous_names() and not is_noun(first.lower())
            if is_somebody and not self._is_of_a_place(text, match.start()):
                self._keep(found, text, *match.span(), FIRST_NAME)

    def _reason(self, text: str, match: re.Match[str]) -> str:
        word = match.group()
        if word in self._speakers and _ELISION.match(text, match.start()):
            return _SPEAKER
        first = word.split("-")[0]
        is_first = first in first_names() or first in ambiguous_names()
        if not is_first or not _ELISION.match(text, match.start()):
            return ""
        surname = _SURNAME.match(text, match.end()) or _LAST_LETTER.match(text, match.end())
        if self._is_of_a_place(text, match.start()):
            self._in_places += [(match.start(), surname.end(1), _OF_PLACE)] if surname else []
            self._in_places.append((*match.span(), _AT_PLACE))
            return ""
        is_glued = text[: match.start()].endswith("/")  # « Ğ1/June »
        is_glued |= text.strip() == word  # a heading « Lean »
        is_thing = _is_rare(first) and (is_glued or _ARTICLE_BEFORE.search(text, 0, match.start()))
        if not surname and (word in _FEASTS or is_thing or self._is_common(text, match)):  # « du Hilbert »
            return ""
        if first in ambiguous_names() and not surname:
            before = text[: match.start()].rstrip(' «"(')
            if (not before or before[-1] in ".!?:\n-–•") and not acts(text[match.start() :]):
                return ""
        return FIRST_NAME

    @staticmethod
    def _is_common(text: str, match: re.Match[str]) -> bool:
        """Whether a noun stands there between an article and what tells which: « la Marine nationale »."""
        article = is_noun(match.group().lower()) and _ARTICLE_BEFORE.search(text, 0, match.start())
        told = _WORD_AFTER.match(text, match.end()) if article else None
        return told is not None and told[1] not in every_word() and not acts(text[match.start() :])

    def _keep(self, found: dict[int, tuple[int, str]], text: str, start: int, end: int, reason: str) -> None:
        first, *others = text[start:end].split()
        is_office = first.lower() in every_word() and bool(others) and _NO_NAMES.issuperset(others)  # « M. Le Maire »
        is_name = first not in _NO_NAMES and not is_office and not _JOINED.search(text, start, end)
        if is_name and (start not in found or end > found[start][0]):
            found[start] = (end, reason)

    @staticmethod
    def _is_of_a_place(text: str, start: int) -> bool:
        """Whether what begins there names a street, a building, an institution, a shop."""
        if text.startswith(_SHOPS, start):
            return True
        low = max(0, start - _FAR)
        if (
            _WAY_BEFORE.search(text, low, start)
            or _STREET_AFTER.match(text, start)
            or _STREET_BEFORE.search(text, low, start)
        ):
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


def _found_in(part: tuple[set[str], AbstractSet[str], list[str]]) -> list[list[_Found]]:
    """Row-stage function: speakers, those who are public, texts → what stands in each text."""
    finder = NameFinder(*part[:2])
    return [finder._found_in(text) for text in part[2]]


def _in_file(text: str, known: AbstractSet[str]) -> Iterator[Span]:
    """The names in that of a file, in any letters: words of names that are no word of French, and what is beside."""
    words = [one for one in _TOKEN.finditer(text.rpartition(".")[0]) if len(one.group()) > 2]
    told = [one for one in words if fold(one.group()) in known]
    bare = [one for one in words if not is_word(one.group())]
    ways: set[int] = set()  # where names of streets end
    for one in told:
        if _WAY_IN_FILE.search(text, 0, one.start()) or one.start() - 1 in ways:
            ways.add(one.end())
    told = [one for one in told if one.end() not in ways]
    edges = {edge for one in told if one in bare for edge in (one.start(), one.end(), one.start() - 1, one.end() + 1)}
    yield from (one.span() for one in words if not edges.isdisjoint(one.span()) and (one in told or one in bare))


def _whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the name begins and ends of which a first name stands there: with the surname or the initial on either
    side, other first names, a surname in two words."""
    if initial := _FIRST_LETTER.search(text, max(0, start - 6), start):
        return initial.start(), end
    last = _SURNAME_FIRST.search(text, 0, start)
    if last and not (is_word(last[1]) or last[1] in first_names() or last[1] in _NO_NAMES):
        return last.start(1), end
    before = ""
    while (surname := _SURNAME.match(text, end)) and surname[1] not in _NO_NAMES:
        is_double = before.isupper() == surname[1].isupper() and not is_word(surname[1])
        is_double &= surname[1].isupper() or _NAME_IS_OVER.match(text, surname.end(1)) is not None
        if before and before.title() not in first_names() and not is_double:
            break
        before, end = surname[1], surname.end(1)
    letter = _LAST_LETTER.match(text, end) if not before else None
    return start, letter.end(1) if letter else end


def _written_small(texts: Mapping[str, str], suggested: Iterable[Suggestion]) -> set[str]:
    """First names of other languages that people also write in small letters."""
    rare = {word.lower() for name in suggested if (word := _rare_name(name))}
    return {word for text in texts.values() for word in rare.intersection(_TOKEN.findall(text))} if rare else rare


def _is_one_of(suggestion: Suggestion, places: AbstractSet[str]) -> bool:
    """Whether nothing but a first name made a suggestion, and it is in the name of a place."""
    _, _, name, reason = suggestion
    return reason == FIRST_NAME and not places.isdisjoint((name, *name.split()))


def _rare_name(suggestion: Suggestion) -> str:
    """The first name of other languages that alone made a suggestion; "" for none."""
    first = suggestion[2].split()[0].split("-")[0]
    return first if suggestion[3] == FIRST_NAME and _is_rare(first) else ""


def _is_of_a_way(word: str) -> bool:
    """Whether a word is a first name and a surname with a hyphen, as streets, stations and schools bear them and people
    do not: « Sophie-Barat », not « Jean-Marc »."""
    first, *others = (one in first_names() or one in ambiguous_names() for one in word.split("-"))
    return first and bool(others) and not any(others)


def _is_rare(first: str) -> bool:
    return first not in french_names() and first not in ambiguous_names()


def _forms(word: str) -> tuple[str, ...]:
    return word, word.lower(), word.capitalize(), word.upper()


def _where(told: set[str], texts: dict[str, str]) -> Iterator[tuple[str, set[str]]]:
    """Yield the texts where some of these words stand, with the forms of those that nobody writes in small letters."""
    forms = {form for word in told for form in _forms(word)}
    met = {one: forms.intersection(_TOKEN.findall(text)) for one, text in texts.items()} if forms else {}
    words = {word for some in met.values() for word in some if word.islower()}
    known = forms.difference(*map(_forms, words))
    yield from ((one, known) for one, some in met.items() if not known.isdisjoint(some))


def _told_by(suggestion: Suggestion, text: str) -> list[str]:
    """The words of a name that tell who it is elsewhere: a surname that is no word, a first name that is one, the
    initials that stand in brackets after it."""
    _, end, name, reason = suggestion
    first, *others = _TOKEN.findall(name)
    surnames = others if first in first_names() or first in ambiguous_names() else [first, *others]
    told = [word for word in surnames if len(word) >= _SURNAME_MIN and word[0].isupper() and not is_word(word)]
    initials = "".join(word[0] for word in (first, *others) if word[0].isupper())
    own = [initials] if (found := _BRACKETED.match(text, end)) and found[1] == initials else []
    if reason in (_INITIAL, _IN_A_ROW):
        return own
    return [*told, *own, first] if first in ambiguous_names() else [*told, *own]
