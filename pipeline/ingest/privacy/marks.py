"""Personal data → typed marks (`[courriel]`, `[téléphone]`…), with check digits; organisations' contacts are kept.

Circulating the address of a service is what the North axis is for: a generic mailbox, a toll number, the land line of a
named service stay readable unless `garder_contacts_publics` is off. Names of people are never masked by guess. All is
looked for in a folded view of the text (one digit, one space, one dash, no entity; offsets kept), so that one form
stands for its many spellings.
"""

import bisect
import html
import ipaddress
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from pipeline.config import IngestConfig
from pipeline.ingest.privacy import numbers
from pipeline.ingest.privacy.contacts import (
    CARD_CUE,
    ORGANISATION,
    PERSONAL,
    REFERENCE_CUE,
    is_generic_mailbox,
    is_organisation_page,
    is_word,
    one_of,
    words_in,
    words_of,
)
from pipeline.language.text.lists import either, read_lines

_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,9});|%(?:40|2e)", re.IGNORECASE)
_PERCENT = {"%40": "@", "%2e": "."}
_WORN = ("<wide>", "<font>", "<narrow>", "<small>", "<compat>", "<circle>")
"""Decompositions of a character into the plain one that it is a garb of; a superscript is another number."""


_CIRCLED_A = re.compile(r"(?<=[a-z\d .])[\u24d0\u24b6](?=[a-z\d .])", re.IGNORECASE)
"""An « a » in a circle among plain letters stands for @."""


class _Plain(dict[int, str]):
    """Code point → the plain character that stands for it, worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _plain(chr(code))
        return found


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    if character.isascii():
        return character
    if kind in ("Zs", "Pd", "Nd"):
        return {"Zs": " ", "Pd": "-"}.get(kind) or str(unicodedata.decimal(character))
    if character in "\u2018\u2019\u02bc\u2032\u00b4\u2212\u2022\u2219\u22c5\u30fb\u2027":
        return "-" if character == "\u2212" else "'" if character in "\u2018\u2019\u02bc\u2032\u00b4" else "\u00b7"
    if kind == "No" and not unicodedata.decomposition(character).startswith(("<su", "<fraction>", "<compat>")):
        digit = unicodedata.digit(character, None)  # ① and ❶; a superscript is another number
        return character if digit is None else str(digit)
    worn = unicodedata.normalize("NFKC", character)
    return worn if len(worn) == 1 and unicodedata.decomposition(character).startswith(_WORN) else character


_PLAIN = _Plain()


class View:
    """The folded form of a text, and where its characters stand in the text."""

    def __init__(self, text: str) -> None:
        self._places: list[int] | None = None
        if "&" in text or "%" in text:
            text = self._unescaped(text)
        if "\u24d0" in text or "\u24b6" in text:
            text = _CIRCLED_A.sub("@", text)
        self.text = text if text.isascii() else text.translate(_PLAIN)

    def _unescaped(self, text: str) -> str:
        parts: list[str] = []
        places: list[int] = []
        at = 0
        for found in _ENTITY.finditer(text):
            meant = _PERCENT.get(found.group().lower()) or html.unescape(found.group())
            if len(meant) == 1:
                parts += (text[at : found.start()], meant)
                places += (*range(at, found.start()), found.start())
                at = found.end()
        if not at:
            return text
        self._places = [*places, *range(at, len(text) + 1)]
        return "".join(parts) + text[at:]

    def place(self, at: int) -> int:
        """Where in the text a character of the view stands, or its end."""
        return self._places[at] if self._places is not None else at


def bare(text: str) -> str:
    """The letters and digits of a text, whatever they wear and whatever stands between: how leaks are looked for."""
    return "".join(c for c in unicodedata.normalize("NFKC", View(text).text).casefold() if c.isalnum())


_DIGIT = re.compile(r"\d")
_AT_WORDS, _NETWORK_WORDS = words_of("spelt_signs"), words_of("networks")
_IDENTITY_WORDS, _BIRTH_WORDS = words_of("identity_words") | {"permis"}, words_of("birth_words")
_HOME_WORDS, _DOOR_WORDS = words_of("home_openings"), words_of("door_words")
_AXIS_WORDS = frozenset(("lat", "latitude", "lon", "lng", "longitude", "gps", "coordonnées", "coordonnees"))
_BRACKETED = re.compile(r"[\[({<]\s?[aà]\s?[\])}>]", re.IGNORECASE)
_BESIDE_LETTERS = re.compile(r"\d[ ._\u00b7-]?[A-Za-z]{2}")
_AT = (
    r"(?:\s{0,2}@{1,2}\s{0,2}|\s(?-i:AT)\s|"
    r"\s?(?:[\[({<]\s?(?:at|[aà]|arobase?|chez|@)\s?[\])}>]|\barr?obb?ase?\b|_at_)\s?)"
)
_DOT = r"(?:\s?\.|\s\.\s|\s?(?:[\[({<]\s?(?:dot|point|\.)\s?[\])}>]|\bpoint\b|(?-i:\bDOT\b))\s?)"
_AMONG_WORDS = "(?:chez|at)"  # a sign for @, and a word of sentences
_EMAIL = re.compile(
    rf"(?<![\w.+@-])(?P<local>[\w.+-]{{1,64}})(?:{_AT}|(?<=[\w.+-])\s{_AMONG_WORDS}\s(?=[\w-]+{_DOT}))"
    rf"(?P<domain>[\w-]{{1,63}}(?:{_DOT}(?:[\w-]{{2,63}}|[\w-](?={_DOT}[\w-])))+)",
    re.IGNORECASE,
)
_PROVIDER = re.compile(
    rf"(?<![\w.+@-])(?P<local>[\w.+-]{{1,64}})(?:@|\s(?P<word>@|arr?obb?ase?|{_AMONG_WORDS})\s)(?:{one_of('mail_providers')})(?![\w-])"
    rf"(?P<end>{_DOT}(?:fr|com|net|org|me|ch|be)\b)?",
    re.IGNORECASE,
)
_SPELT_LOCAL = re.compile(r"(?<![\w.+-])(?:[\w+-]{1,64} point )+$")
_MAILBOX_CUE = re.compile(
    rf"\b(?:{one_of('mailbox_words')})\W+(?:(?:à|est|c'est|moi|nous|le|la)\W+){{0,3}}$", re.IGNORECASE
)
_SPACED = re.compile(
    r"(?<!\S)(?![àyô]\s)(?:[\w.+-][ \t]){2,64}(?:@|[(\[]?[aà][)\]]?|arr?obase)[ \t](?:[\w.-][ \t]?(?!\w{2})){3,}(?!\w)",
    re.IGNORECASE,
)
_LINK = re.compile(
    rf"(?:https?://|www\.|(?<![\w@])(?:[a-z]{{2,5}}\.)?(?:{one_of('profile_hosts')})/|(?<![\w@])(?:[\w-]{{1,63}}\.){{1,4}}[a-z]{{2,10}}/@)"
    r"[^\s<>\"«»]+",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    rf"(?:(?:{one_of('profile_hosts')})/(?!{one_of('no_profiles')})|\w/(?=@))@?(?P<who>[\w.\-%#+/]{{3,}})",
    re.IGNORECASE,
)
_PRIVATE_LINK = re.compile(
    r"(?-i:/(?=[A-Za-z]*\d)(?=[A-Z\d]*[a-z])(?=[a-z\d]*[A-Z])[A-Za-z\d]{15,}(?=[/?#]|$))|"
    rf"{one_of('shared_places')}|\?.*(?:{one_of('secret_parameters')})=|[?&#/](?:edit|admin|modifier)(?![\w-])",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"(?<![A-Z\d-])(?:[A-HJ-NP-TV-Z]{2}(?P<sep>[ ._\u00b7-]?)\d{3}(?P=sep)[A-HJ-NP-TV-Z]{2}|"
    r"(?<![\w-])(?i:[a-z]{2}(?P<low>[ -]?)\d{3}(?P=low)[a-z]{2})(?!\w)|"
    r"(?<![\w-])\d{1,4} ?[A-Z]{2,3} ?(?:\d{2}|2[AB]))(?![A-Z\d-])"
)
_HANDLE = re.compile(
    r"(?<![\w@./])@(?P<who>[A-Za-z_][\w.-]{1,62}\w)(?!\w)(?:@[\w-]+(?:\.[\w-]+)*)?|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63})?\.bsky\.social"
)
_NETWORK = re.compile(
    rf"\b(?:{one_of('networks')})\b(?:\s*[:=(]\s*|\s+(?:(?:c'est|est|sur)\s+)?)@?(?P<who>[\w.#-]{{3,30}}\w)",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\d{1,2}[hH]\d{0,2}")
_IP = re.compile(
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)|(?<![\w:])[\da-f]{1,4}(?::[\da-f]{0,4}){2,7}(?![\w:])",
    re.IGNORECASE,
)
_NAMED = r"(?:(?:d[eu]s?|la|le|les|n°|[dl]')\s*)*[\w'-]+(?:(?:\s(?:d[eu]s?|la|le|les))*\s(?:[A-ZÀ-Þ][\w'-]*|\d{5}\b))*"
_DOOR = rf"(?:{one_of('door_words')})\.?\s(?:n°\s?)?(?:\d{{1,4}}\s?[a-z]?|[A-Z])(?!\w)"
_RESIDENCE = r"(?i:résidence)\s(?=(?i:du|des|de\sl|l[ea'])|[A-ZÀ-Þ\d])"
"""« j'habite une résidence pour aînés » tells no address."""
_HOME = re.compile(
    rf"(?i:{one_of('home_openings')})\b[^.\d]{{0,40}}?(?P<where>(?:(?:\d{{1,4}}(?: ?(?:bis|ter|[a-d]))?,?\s"
    rf"(?i:{one_of('street_words')})|(?i:{one_of('home_places')}))\s|{_RESIDENCE}){_NAMED}(?:,?\s(?i:{_DOOR}))?|\b(?i:{_DOOR}))"
)
_BUILDING = rf"(?:{one_of('dwelling_words')})\s(?:n°\s?)?\w{{1,3}}"
_DWELLING = re.compile(
    rf"\b(?:{_BUILDING}[\s,;-]{{1,3}}(?:(?:au\s)?\w{{1,4}}\s[ée]tage[\s,]{{1,2}})?{_DOOR}|{_DOOR}[\s,;-]{{1,3}}{_BUILDING}(?!\w))",
    re.IGNORECASE,
)
_YEAR_WORD = rf"(?:{one_of('day_words')}|{one_of('year_words')})(?!\w)"
_HUNDREDS = r"(?:cents?|mille)(?!\w)"
_YEAR_IN_WORDS = (
    rf"(?:(?:19|20)?\d\d(?!\d)|(?:mil(?:le)?(?!\w)|{_YEAR_WORD})(?:[\s-](?:et[\s-])?(?:{_HUNDREDS}|{_YEAR_WORD}))*)"
)
_OF_A_SERVICE = re.compile(rf"[\s,;:(-]{{0,3}}(?:(?:de\sl[a']|d[ue']|des|à\sl[a']|au)\s?)?(?:{ORGANISATION.pattern})")
"""« bâtiment B porte 3, accueil du CCAS »; who waits there for the landlord lives there."""
_BORN_IN_WORDS = re.compile(
    rf"\b(?:{one_of('birth_words')})\W{{0,3}}(?:(?:c'est|est)\s)?(?:le\s|en\s|du\s)?"
    rf"(?P<when>(?:(?:(?:{one_of('day_words')}|\d{{1,2}}(?:er)?)\s(?:{one_of('month_words')})"
    rf"|(?:{one_of('month_words')})(?=\s(?:(?:19|20)\d\d|mil))))(?:\s{_YEAR_IN_WORDS})?)",
    re.IGNORECASE,
)
_AXIS = r"[-+]?\d{1,3}(?:[.,]\d+(?:\s?°)?|\s?°)(?:\s?[NSEWO]\b)?"
_TOLD_POSITION = re.compile(
    rf"\b(?:lat(?:itude)?|lon(?:gitude)?|lng)\b\.?\W{{0,3}}{_AXIS}"
    rf"(?:\W{{0,4}}(?:et\s)?(?:lat(?:itude)?|lon(?:g(?:itude)?)?|lng)\b\.?\W{{0,3}}{_AXIS})?|"
    rf"\b(?:gps|coordonnées|coordonnees)\b\W{{0,3}}{_AXIS}\W{{1,3}}{_AXIS}",
    re.IGNORECASE,
)
_BORN = re.compile(
    rf"\b(?:{one_of('birth_words')})\W{{0,3}}(?:(?:c'est|est)\s)?(?:le\s|en\s|du\s)?(?P<when>\d{{1,2}}(?:er)?\s?[\s./-]\s?(?:0?[1-9]|1[0-2]|[^\W\d]{{3,9}}\.?)"
    r"\s?[\s./-]\s?(?:19|20)?\d{2}|(?:19|20)\d\d-\d\d-\d\d)(?!\d)",
    re.IGNORECASE,
)
_LICENCE = r"permis(?=\W[^\d\n]{0,14}\d\d\s?(?:[a-z]{2}\s?\d{5}|(?:\s?\d){10})(?!\w))"
"""To drive, by its number: a permit to build has another."""
_PAPERS = one_of("identity_words").replace(r"\s+", r"\W{1,3}")
_IDENTITY = re.compile(
    rf"\b(?:{_PAPERS}|{_LICENCE})\b\W{{0,3}}(?:(?:n|no|num|numéro|identifiant|c'est|est(?:\sle)?|français|caf|msa|b)\b\W{{0,4}}){{0,3}}"
    r"(?P<what>[a-z]{0,4}\d[a-z\d]*(?:[\s.-](?:[a-z]{0,4}\d[a-z\d]*|[a-z]{2}(?=[\s.-]\d))){0,6}(?:\s(?-i:[A-Z])(?![\w°]))?)",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"(?<![\d.,])[-+]?\d{1,2}[.,]\d{4,}\s?°?\s?[NS]?\s?[,;/\s]\s?[-+]?\d{1,3}[.,]\d{4,}(?:\s?°?\s?[EWO]\b)?|"
    r"\b[NS]\s?\d{1,2}[.,]\d{4,}\W{1,3}[EWO]\s?\d{1,3}[.,]\d{4,}|"
    r"\d{1,2}\s?°\s?\d{1,2}\s?'[^\n]{0,8}?[NS]\W{0,4}\d{1,3}\s?°\s?\d{1,2}\s?'[^\n]{0,8}?[EWO]\b"
)
_CAR_CUE = re.compile(rf"\b(?:{one_of('vehicle_words')})(?![^\W_])", re.IGNORECASE)
_NUMBERED_THING = re.compile(rf"(?:\b(?:{one_of('numbered_things')})\.?|\bn\s?°)\s*:?\s*$", re.IGNORECASE)
_VERSION_CUE = re.compile(r"(?:version|v|article|chapitre|§)\s*$", re.IGNORECASE)
_PAPER_SIGNS = 8
"""A paper's number of letters and digits has so many signs, in one piece and in capitals, when digits are few."""
_CLAUSE_END = re.compile(r"[.!?;\n]|,\s(?!qui\b)")
_EVERYBODY = frozenset(
    ("all", "tous", "toutes", "chacun", "chacune", "quiconque", "everyone", "here", "channel", "team", "equipe")
)
_MARK_NAMES = {kind: name for kind, _, name in (line.partition(" ") for line in read_lines(__name__, "mark_names"))}
MARK = re.compile(rf"\[(?:{either(_MARK_NAMES.values())})\]")
Span = tuple[int, int, str]


INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SUFFIX_MAX, _LONG_SUFFIXES = 5, (".jsonl", ".ndjson", ".parquet", ".etherpad", ".markdown")


def private(text: str, config: IngestConfig, marks: Counter[str]) -> str:
    """`text` with marks instead of personal data, unless the configuration keeps them; `marks` counts them."""
    if not config.pseudonymiser:
        return text
    return mask(text if text.isprintable() else INVISIBLE.sub("", text), config.garder_contacts_publics, marks)


def private_name(name: str, config: IngestConfig) -> str:
    """The name of a file or folder, private data marked in each of its parts; what ends a file name stays."""
    *folders, file = name.split("/")
    suffix = Path(file).suffix
    suffix = suffix if len(suffix) <= _SUFFIX_MAX or suffix.lower() in _LONG_SUFFIXES else ""
    *above, stem = (private(part, config, Counter()) for part in (*folders, file.removesuffix(suffix)))
    told = stem + suffix if stem + suffix != file else private(file, config, Counter())  # it may end an address
    return "/".join([*above, told])


def mask(text: str, keep_public: bool, counts: Counter[str]) -> str:
    """`text` with marks instead of personal data; `counts` gets one more per mark put, never a value."""
    parts: list[str] = []
    at = 0
    for start, end, kind in find_personal(text, keep_public):
        counts[_MARK_NAMES[kind]] += 1
        parts += (text[at:start], f"[{_MARK_NAMES[kind]}]")
        at = end
    return "".join(parts) + text[at:] if parts else text


def find_personal(text: str, keep_public: bool = True) -> list[Span]:
    """Spans (start, end, kind) to mask, in order, without overlap; of two that overlap the surer kind wins."""
    view = View(text)
    taken: list[tuple[int, int]] = []
    spans: list[Span] = []
    for start, end, kind in _candidates(view.text, keep_public):
        place = bisect.bisect_left(taken, (start, end))
        if (place and taken[place - 1][1] > start) or (place < len(taken) and taken[place][0] < end):
            continue
        taken.insert(place, (start, end))
        if kind:
            spans.append((view.place(start), view.place(end), kind))
    return sorted(spans)


def _candidates(text: str, keep_public: bool) -> Iterator[Span]:
    """From the surest to the least sure, where their words and signs are; kind "" protects what is kept."""
    words = words_in(text)
    n_digits = len(_DIGIT.findall(text))
    if "@" in text or not words.isdisjoint(_AT_WORDS) or _BRACKETED.search(text):
        yield from _mailboxes(text, keep_public)
        yield from _mailboxes_by_provider(text, keep_public)
    if "@" in text or " . " in text:
        spaced = [found for found in _SPACED.finditer(text) if "@" in found.group() or " . " in found.group()]
        yield from ((*found.span(), "email") for found in spaced)
    if "/" in text or "www" in words:
        yield from _links(text, keep_public)
    if n_digits:
        yield from _told_numbers(text, words, n_digits)
        yield from _numbers(text, keep_public, n_digits)
        yield from _plates(text)
    yield from _homes(text, words)
    if not words.isdisjoint(_BIRTH_WORDS):
        yield from _births(_BORN_IN_WORDS, text)
    yield from _handles(text, keep_public, words)


def _mailboxes(text: str, keep_public: bool) -> Iterator[Span]:
    for found in _EMAIL.finditer(text):
        if _is_mailbox(found):
            is_public = keep_public and is_generic_mailbox(found["local"])
            near = max(0, found.start() - 80)
            spelt = None if "@" in found.group() else _SPELT_LOCAL.search(text, near, found.start())
            yield (spelt or found).start(), found.end(), "" if is_public else "email"


def _mailboxes_by_provider(text: str, keep_public: bool) -> Iterator[Span]:
    """A known provider names a mailbox without its domain; « on est chez Orange » tells of none."""
    for found in _PROVIDER.finditer(text):
        word = (found["word"] or "").lower()
        is_told = bool(_MAILBOX_CUE.search(text, max(0, found.start() - 40), found.start()))
        is_said = word in ("chez", "at", "@") and not (found["end"] and (is_told or not is_word(found["local"])))
        if not is_said and not (keep_public and is_generic_mailbox(found["local"])):
            yield found.start(), found.end(), "email"


def _is_mailbox(found: re.Match[str]) -> bool:
    """« on va chez lafayette.example », « insta @zoe.l »: no mailbox stands before the word or the lone sign."""
    joint = found.group()[len(found["local"]) : found.start("domain") - found.start()]
    is_sure = "@" in joint and not (joint[:1].isspace() and joint.endswith("@"))
    return (
        is_sure
        or (joint not in (" chez ", " at ") and "@" not in joint)
        or bool(re.search(r"[\d._+-]", found["local"]))
    )


def _links(text: str, keep_public: bool) -> Iterator[Span]:
    for found in _LINK.finditer(text):
        link = found.group().rstrip(").,;:!?'")
        profile = _PROFILE.search(link)
        is_public = profile is None or (keep_public and is_organisation_page(profile["who"]))
        is_private = not is_public or bool(_PRIVATE_LINK.search(link))
        yield found.start(), found.start() + len(link), "profile" if is_private else ""


def _told_numbers(text: str, words: frozenset[str], n_digits: int) -> Iterator[Span]:
    """What words before it tell: a birth, a paper of identity; and a place given by its position."""
    if not words.isdisjoint(_BIRTH_WORDS):
        yield from _births(_BORN, text)
    for found in _IDENTITY.finditer(text) if not words.isdisjoint(_IDENTITY_WORDS) else ():
        what = found["what"]
        is_in_one = len(what) >= _PAPER_SIGNS and what.isalnum() and what.isupper()
        if is_in_one or (sum(c.isdigit() for c in what) >= 5 and not numbers.are_of_things(what)):
            yield found.start("what"), found.end("what"), "identity"
    positions = _POSITION.finditer(text) if n_digits >= numbers.LONG_MIN or "°" in text else ()
    told_positions = _TOLD_POSITION.finditer(text) if not words.isdisjoint(_AXIS_WORDS) else ()
    for found in chain(positions, told_positions):
        yield found.start(), found.end(), "position"


def _births(born: re.Pattern[str], text: str) -> Iterator[Span]:
    """The birth of a person: an organisation too is born one day, told in the same clause."""
    for found in born.finditer(text):
        clause = _CLAUSE_END.split(text[max(0, found.start() - 80) : found.start()].rstrip(" ,"))[-1]
        if not ORGANISATION.search(clause) or PERSONAL.search(clause):
            yield found.start("when"), found.end("when"), "born"


def _homes(text: str, words: frozenset[str]) -> Iterator[Span]:
    for found in _HOME.finditer(text) if not words.isdisjoint(_HOME_WORDS) else ():
        yield found.start("where"), found.end("where"), "home"
    for found in _DWELLING.finditer(text) if not words.isdisjoint(_DOOR_WORDS) else ():
        before = text[max(0, found.start() - 40) : found.start()]
        is_public = ORGANISATION.search(before) or _OF_A_SERVICE.match(text, found.end())
        if not is_public or PERSONAL.search(before):
            yield found.start(), found.end(), "home"


def _numbers(text: str, keep_public: bool, n_digits: int) -> Iterator[Span]:
    if n_digits >= numbers.LONG_MIN:
        yield from ((start, end, "iban") for start, end in numbers.accounts(text))
        yield from ((start, end, "nir") for start, end in numbers.insured(text))
        for start, end in numbers.cards(text):
            if not REFERENCE_CUE.search(text[max(0, start - 25) : start]):
                yield start, end, "card"
    for start, end, digits in numbers.telephones(text) if n_digits >= numbers.TELEPHONE_MIN else ():
        yield start, end, _phone_kind(text, start, end, digits, keep_public)
    for found in _IP.finditer(text) if text.count(".") > 2 or text.count(":") > 1 else ():
        if _is_ip(found.group()) and not _VERSION_CUE.search(text, max(0, found.start() - 30), found.start()):
            yield found.start(), found.end(), "ip"


def _is_ip(text: str) -> bool:
    """« Point 3.1.2.4 » is none: four numbers of one figure number a text."""
    try:
        return bool(ipaddress.ip_address(text)) and len(text) > 7
    except ValueError:
        return False


def _handles(text: str, keep_public: bool, words: frozenset[str]) -> Iterator[Span]:
    for found in _HANDLE.finditer(text) if "@" in text or "bsky" in words else ():
        who = found["who"] or found.group()
        is_public = keep_public and bool(ORGANISATION.search(re.sub(r"[._-]|\d", " ", who)))
        yield found.start(), found.end(), "" if who.lower() in _EVERYBODY or is_public else "handle"
    for found in _NETWORK.finditer(text) if not words.isdisjoint(_NETWORK_WORDS) else ():
        who = found["who"]
        is_signed = bool(re.search(r"[\d._#]", who) and re.search(r"[^\W\d_]", who) and not _HOUR.fullmatch(who))
        is_name = is_signed or (
            (":" in found.group() or "c'est" in found.group())
            and len(who) > 4
            and not is_word(who)
            and not re.match(r" ?[^\W_]", text[found.end() :])
        )
        if is_name and not (keep_public and is_organisation_page(who)):
            yield found.start("who"), found.end("who"), "handle"


def _plates(text: str) -> Iterator[Span]:
    for found in _PLATE.finditer(text) if _BESIDE_LETTERS.search(text) else ():
        is_cut = found["sep"] or found["low"] == "-"
        is_thing = _NUMBERED_THING.search(text, max(0, found.start() - 20), found.start()) is not None
        if (is_cut and not is_thing) or _CAR_CUE.search(text):
            yield found.start(), found.end(), "plate"


def _phone_kind(text: str, start: int, end: int, digits: str, keep_public: bool) -> str:
    """A toll number is nobody's; a land line given for a service is public; anything else is a person's."""
    digits = digits.removeprefix("+").removeprefix("00")
    national = digits[2:].lstrip("0") if digits.startswith("33") else digits.lstrip("0")
    before = text[max(0, start - 25) : start]
    if REFERENCE_CUE.search(before) or CARD_CUE.match(text[end : end + 12]):
        return ""
    if national.startswith("8"):
        return ""
    is_foreign = len(digits) > 10 and not digits.startswith("33")
    if not keep_public or is_foreign or national[:1] in ("6", "7"):
        return "phone"
    if ORGANISATION.search(before) and not PERSONAL.search(before):
        return ""  # "la mairie au…", whoever speaks next
    around = text[max(0, start - 160) : end + 60]
    near = text[max(0, start - 60) : start] + " \u2026 " + text[end : end + 25]
    near = re.split(r"\d{2}[ .]\d{2}\s*,?", near)[-1]
    return "" if ORGANISATION.search(around) and not PERSONAL.search(near) else "phone"
