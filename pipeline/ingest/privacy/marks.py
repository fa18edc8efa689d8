"""Personal data → typed marks (`[courriel]`, `[téléphone]`…), with check digits; organisations' contacts are kept.

Circulating the address of a service is what the North axis is for: a generic mailbox, a toll number, the land line of
a named service stay readable unless `garder_contacts_publics` is off. Names of people are never masked by guess.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator

from pipeline.ingest.privacy.contacts import (
    CARD_CUE,
    ORGANISATION,
    PERSONAL,
    REFERENCE_CUE,
    is_generic_mailbox,
    is_organisation_page,
    one_of,
)

_HAS_ANY = re.compile(
    r"[@\d]|arobas|[\[(]\s?at?\s?[\])]|\sat\s|insta|snap|tiktok|discord|facebook\.com|linkedin|nstagram\.com",
    re.IGNORECASE,
)
_S = r"[ .\-/\u00a0\u202f\u2011]"
_EMAIL = re.compile(
    r"(?<![\w.+-])(?P<local>[\w.+-]{1,64})(?:@|\s@\s|\s?(?:[\[(]\s?(?:at|a|arobase?)\s?[\])]|\barobase?\b)\s?|"
    r"\s(?-i:AT)\s)(?P<domain>[\w-]{1,63}(?:(?:\.|\s?(?:[\[(]\s?(?:dot|point)\s?[\])]|\bpoint\b|(?-i:\bDOT\b))\s?)"
    r"[\w-]{2,63})+)",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"(?:https?://)?(?:drive|docs|photos)\.(?:google|app)\.\w+/[^\s<>\"«»]+|https?://(?:1drv\.ms|onedrive|we\.tl|"
    r"www\.dropbox)[^\s<>\"«»]+|"
    rf"https?://[^\s<>\"«»?]+\?[^\s<>\"«»]*(?:{one_of('secret_parameters')})=[^\s<>\"«»]+",
    re.IGNORECASE,
)
_EDITABLE = re.compile(r"https?://[^\s<>\"«»?#]+[?&#/](?:edit|admin|modifier)(?![\w-])[^\s<>\"«»]*", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"«»]+", re.IGNORECASE)
_PROFILE = re.compile(
    rf"(?:https?://)?(?:[a-z]{{2,3}}\.)?(?:{one_of('profile_hosts')})/(?!{one_of('no_profiles')})"
    r"@?(?P<who>[\w.\-%]{3,})[^\s<>\"«»),]*",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ .\u00a0\u202f-]?[A-Z0-9]){11,30}", re.IGNORECASE)
_IBAN_LENGTHS = {
    **dict.fromkeys(("FR", "MC", "IT"), 27),
    **dict.fromkeys(("DE", "GB", "IE"), 22),
    **dict.fromkeys(("ES", "RO", "TN"), 24),
    **dict.fromkeys(("MA", "PL", "SN", "CI"), 28),
    **dict.fromkeys(("LU", "AT"), 20),
    "BE": 16,
    "CH": 21,
    "PT": 25,
    "NL": 18,
    "DZ": 26,
}
_NIR = re.compile(
    r"(?<![\d.,])[1-478][ .\u00a0\u202f-]?\d{2}[ .\u00a0\u202f-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .\u00a0\u202f-]?"
    r"(?:\d{2}|2[AB])[ .\u00a0\u202f-]?\d{3}[ .\u00a0\u202f-]?\d{3}"
    r"(?P<key>[ .\u00a0\u202f/-]{0,3}(?:cl[ée]f?\s*:?\s*)?\d{2})?(?!\d)",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<!\d)\d{4}[ \u00a0-]?\d{4}[ \u00a0-]?\d{4}[ \u00a0-]?\d{4}(?!\d)")
_PHONE = re.compile(
    rf"(?<![\w.,/-])(?:(?:\+|00{_S}?)33{_S}?(?:\(0\){_S}?)?[1-9](?:{_S}?\d{{2}}){{4}}"
    rf"|0(?:[ .]\d){{9}}|0[1-9](?:{_S}{{0,2}}\d{{2}}){{4}}|0[1-9]\d{{2}}(?:{_S}?\d{{3}}){{2}}|"
    rf"0[1-9]{_S}\d{{3}}{_S}\d{{3}}{_S}\d{{2}}"
    rf"|0[67]{_S}\d{{2}}{_S}\d{{3}}{_S}\d{{3}}"
    rf"|(?:\+|(?<!\d )00)(?!33)[1-9]\d{{0,2}}(?:{_S}?\(?\d{{1,4}}\)?){{3,6}})(?![\d])(?!{_S}\d{{2}}(?!\d))"
)
_PLATE = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}(?P<sep>[- ]?)\d{3}(?P=sep)[A-HJ-NP-TV-Z]{2}(?![\w-])", re.IGNORECASE)
_OLD_PLATE = re.compile(r"(?<![\w-])\d{1,4} ?[A-Z]{2,3} ?(?:\d{2}|2[AB])(?![\w-])")
_HANDLE = re.compile(r"(?<![\w@./])@(?P<who>[A-Za-z_][\w.-]{1,29}\w)(?!@)")
_NETWORK = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|discord|telegram)\b\s*(?::|=|c['’]est|(?:est|"
    r"sur)\s)\s*@?(?P<who>[\w.#-]{3,30}\w)",
    re.IGNORECASE,
)
_IP = re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)")
_HOME = re.compile(
    rf"(?i:{one_of('home_openings')})\b[^.\n\d]{{0,30}}"
    rf"(?P<where>\d{{1,4}}(?: ?(?:bis|ter|[a-d]))?,? (?i:{one_of('street_words')})"
    r"(?: (?:d[eu]s?|la|le|les|l['’]\w+|d['’]\w+|[A-ZÀ-Þ][\w'’-]*))+)"
)
_CAR_CUE = re.compile(rf"\b(?:{one_of('vehicle_words')})(?![^\W_])", re.IGNORECASE)
_NUMBERED_THING = re.compile(rf"(?:\b(?:{one_of('numbered_things')})\.?|\bn\s?°)\s*:?\s*$", re.IGNORECASE)
_SPELT_AT = re.compile(r"(?i:arobas|[\[(]\s?a(?:t)?\s?[\])])|\sAT\s")
_MANY_DIGITS = re.compile(r"\d(?:\D{0,2}\d){6}")
_HAS_DIGIT = re.compile(r"\d")
_VERSION_CUE = re.compile(r"(?:version|v|article|chapitre|§)\s*$", re.IGNORECASE)
_EVERYBODY = frozenset(("all", "tous", "toutes", "everyone", "here", "channel", "team", "equipe"))
_MARK_NAMES = {
    "email": "courriel", "phone": "téléphone", "iban": "IBAN", "nir": "numéro de sécurité sociale", "plate": "plaque",
    "handle": "pseudo", "card": "carte bancaire", "ip": "adresse IP", "home": "adresse", "profile": "lien personnel",
}  # fmt: skip
Span = tuple[int, int, str]


def mask(text: str, keep_public: bool, counts: Counter[str]) -> str:
    """`text` with marks instead of personal data; `counts` gets one more per mark put, never a value."""
    if not _HAS_ANY.search(text):
        return text
    parts: list[str] = []
    at = 0
    for start, end, kind in find_personal(text, keep_public):
        counts[_MARK_NAMES[kind]] += 1
        parts += (text[at:start], f"[{_MARK_NAMES[kind]}]")
        at = end
    return "".join(parts) + text[at:] if parts else text


def find_personal(text: str, keep_public: bool = True) -> list[Span]:
    """Spans (start, end, kind) to mask, in order, without overlap; of two that overlap the surer kind wins."""
    taken: list[tuple[int, int]] = []
    spans: list[Span] = []
    for start, end, kind in _candidates(text, keep_public):
        place = bisect.bisect_left(taken, (start, end))
        if (place and taken[place - 1][1] > start) or (place < len(taken) and taken[place][0] < end):
            continue
        taken.insert(place, (start, end))
        if kind:
            spans.append((start, end, kind))
    return sorted(spans)


def _candidates(text: str, keep_public: bool) -> Iterator[Span]:
    """From the surest to the least sure; kind "" protects what is kept. Cheap signs tell which search is worth it."""
    if "@" in text or _SPELT_AT.search(text):
        yield from _addresses(text, keep_public)
    if "http" in text or ".com" in text or "www" in text or ".g" in text:
        yield from _links(text, keep_public)
    if _MANY_DIGITS.search(text):
        yield from _numbers(text, keep_public)
    yield from _other_candidates(text, keep_public)


def _addresses(text: str, keep_public: bool) -> Iterator[Span]:
    for found in _EMAIL.finditer(text):
        is_public = keep_public and is_generic_mailbox(found["local"])
        yield found.start(), found.end(), "" if is_public else "email"


def _links(text: str, keep_public: bool) -> Iterator[Span]:
    for found in _PROFILE.finditer(text):
        is_public = keep_public and is_organisation_page(found["who"])
        yield found.start(), found.end(), "" if is_public else "profile"
    for pattern in (_SHARED, _EDITABLE):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), "profile"
    for found in _URL.finditer(text):
        yield found.start(), found.end(), ""


def _numbers(text: str, keep_public: bool) -> Iterator[Span]:
    for found in _IBAN.finditer(text):
        length = _iban_length(found.group())
        if length and is_iban(found.group()[:length]):
            yield found.start(), found.start() + length, "iban"
    for found in _NIR.finditer(text):
        if is_nir(found.group(), found["key"] is not None):
            yield found.start(), found.end(), "nir"
    for found in _CARD.finditer(text):
        if is_card(found.group()) and not REFERENCE_CUE.search(text[max(0, found.start() - 25) : found.start()]):
            yield found.start(), found.end(), "card"
    for found in _PHONE.finditer(text):
        yield found.start(), found.end(), _phone_kind(text, found, keep_public)


def _other_candidates(text: str, keep_public: bool) -> Iterator[Span]:
    if _HAS_DIGIT.search(text):
        yield from _plates(text)
        for found in _IP.finditer(text):
            if not _VERSION_CUE.search(text, max(0, found.start() - 30), found.start()):
                yield found.start(), found.end(), "ip"
        for found in _HOME.finditer(text):
            yield found.start("where"), found.end("where"), "home"
    if "@" in text:
        for found in _HANDLE.finditer(text):
            who = found["who"]
            is_public = keep_public and bool(ORGANISATION.search(re.sub(r"[._-]|\d", " ", who)))
            yield found.start(), found.end(), "" if who.lower() in _EVERYBODY or is_public else "handle"
    for found in _NETWORK.finditer(text):
        if re.search(r"[\d._#]", found["who"]):
            yield found.start("who"), found.end("who"), "handle"


def _plates(text: str) -> Iterator[Span]:
    if not _PLATE.search(text) and not _OLD_PLATE.search(text):
        return
    has_car = bool(_CAR_CUE.search(text))
    for found in _PLATE.finditer(text):
        if not has_car and _NUMBERED_THING.search(text, max(0, found.start() - 20), found.start()):
            continue
        is_sure = found["sep"] == "-" or (bool(found["sep"]) and found.group().isupper())
        if is_sure or (has_car and (found.group().isupper() or found["sep"])):
            yield found.start(), found.end(), "plate"
    if has_car:
        for found in _OLD_PLATE.finditer(text):
            if found.group().isupper():
                yield found.start(), found.end(), "plate"


def _phone_kind(text: str, found: re.Match[str], keep_public: bool) -> str:
    """A toll number is nobody's; a land line given for a service is public; anything else is a person's."""
    digits = re.sub(r"\D", "", found.group())
    if digits.startswith("0033"):
        digits = digits[2:]
    national = digits[2:].lstrip("0") if digits.startswith("33") else digits.lstrip("0")
    before = text[max(0, found.start() - 25) : found.start()]
    if REFERENCE_CUE.search(before) or CARD_CUE.match(text[found.end() : found.end() + 12]):
        return ""
    if national.startswith("8"):
        return ""
    if not keep_public or national[:1] in ("6", "7"):
        return "phone"
    if ORGANISATION.search(before) and not PERSONAL.search(before):
        return ""  # "la mairie au…", whoever speaks next
    around = text[max(0, found.start() - 160) : found.end() + 60]
    near = text[max(0, found.start() - 60) : found.start()] + " \u2026 " + text[found.end() : found.end() + 25]
    near = re.split(r"\d{2}[ .]\d{2}\s*,?", near)[-1] if re.search(r"\d{2}[ .]\d{2}", near) else near
    return "" if ORGANISATION.search(around) and not PERSONAL.search(near) else "phone"


def _iban_length(text: str) -> int:
    """How many characters of a match are the account: what follows it may look like more of it. 0 when too short."""
    left = _IBAN_LENGTHS.get(text[:2].upper(), 0)
    for at, c in enumerate(text):
        left -= c.isalnum()
        if left == 0:
            return at + 1
    return 0


def is_iban(text: str) -> bool:
    """Length of a French one (27) or 15 to 34, and remainder 1 modulo 97 (ISO 13616)."""
    bare = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    if not 15 <= len(bare) <= 34 or (bare.startswith("FR") and len(bare) != 27):
        return False
    moved = bare[4:] + bare[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def is_nir(text: str, has_key: bool) -> bool:
    """With its key: 97 − (number mod 97). Without, only when written in groups, as people do."""
    bare = re.sub(r"[^0-9AB]", "", text.upper())
    number = bare[:13].replace("2A", "19").replace("2B", "18") if not bare[:13].isdigit() else bare[:13]
    if not number.isdigit():
        return False
    if has_key:
        return 97 - int(number) % 97 == int(bare[13:])
    return text[0] in "12" and sum(text.count(mark) for mark in " .-\u00a0\u202f") >= 4


def is_card(text: str) -> bool:
    """Sixteen digits whose Luhn sum is a multiple of ten, of a known issuer."""
    digits = [int(c) for c in text if c.isdigit()]
    total = sum(d if at % 2 else (2 * d - 9 if d > 4 else 2 * d) for at, d in enumerate(digits))
    return total % 10 == 0 and digits[0] in (3, 4, 5, 6)
