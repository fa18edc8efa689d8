"""Numbers that name a person in a folded text: telephones however they are cut, accounts, social security, cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.ingest.privacy.contacts import ACCOUNT_CUE, INSURED_CUE, REFERENCE_CUE

_S = r"[ \t\n.\-/_'\u00b7]{0,2}"
_RUN = re.compile(
    r"(?:\d|(?<![^\W_])[Oo](?=[ .\-]?[1-9]))(?:[ \t\n._,:;'\u00b7*|/()\-]{0,3}(?:\d|[Oo](?![^\W\d_oO])))+"
)
_GROUP = re.compile(r"[\dOo]+")
_FRENCH = re.compile(r"(?:(?:\+|00)330?|33(?=[67])|0)[1-9]\d{8}")
_FOREIGN = re.compile(r"(?:\+|00)(?!33)[1-9]\d{7,13}")
_GLUED = re.compile(
    r"(?:\bt[eé]l|\bt[eé]l[eé]phone|\bportable|\bport|\bmob(?:ile)?|\bfixe|\bau|[^\W\d_]\.)$", re.IGNORECASE
)
_HAS_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)")
_ODD = frozenset(",:;_'\u00b7*|")
"""Signs that cut telephones less often than lists, hours and amounts: alike between all pairs, or it is none."""
_LETTERS_O = str.maketrans("Oo", "00")
_DIGITS_MAX = 15
_IBAN = re.compile(rf"(?<![A-Za-z0-9])[A-Z]{{2}}{_S}\d{{2}}(?:{_S}[A-Z0-9]){{11,30}}", re.IGNORECASE)
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
    rf"(?<![\d.,])[1-478]{_S}\d{{2}}{_S}(?:0[1-9]|1[0-2]|[2-9]\d){_S}(?:\d{{2}}|2[AB]){_S}\d{{3}}{_S}\d{{3}}"
    r"(?P<key>[ \t\n.\-/_'\u00b7]{0,3}(?:cl[ée]f?\s*:?\s*)?\d{2})?(?!\d)",
    re.IGNORECASE,
)
_CARD = re.compile(rf"(?<!\d)\d{{4}}(?:{_S}\d{{4}}){{3}}(?!\d)")
Group = tuple[int, int]


def telephones(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, digits) of what reads as a telephone; digits bear their `+` or `00` when one is written."""
    for run in _RUN.finditer(text):
        if sum(c.isdigit() for c in run.group()) < 7:
            continue
        groups = [(run.start() + found.start(), run.start() + found.end()) for found in _GROUP.finditer(run.group())]
        at, is_next = 0, False
        while at < len(groups):
            found = _telephone(text, groups, at, is_next)
            is_next = found is not None
            if found is None:
                at += 1
                continue
            n_groups, digits = found
            start = groups[at][0] - (digits[0] == "+") * len(_sign(text, groups[at][0]))
            yield start, groups[at + n_groups - 1][1], digits
            at += n_groups


def _telephone(text: str, groups: list[Group], at: int, is_next: bool) -> tuple[int, str] | None:
    """How many groups from this one are a telephone, and its digits; `is_next` when another stands just before."""
    found: tuple[int, str] | None = None
    sign = "+" if _sign(text, groups[at][0]) else ""
    if not (sign or is_next or _opens(text, groups[at][0])):
        return None
    digits = sign
    for n, (start, end) in enumerate(groups[at : at + _DIGITS_MAX], start=1):
        digits += text[start:end].translate(_LETTERS_O)
        if _FRENCH.fullmatch(digits):
            found = (n, digits)
            break
        if _FOREIGN.fullmatch(digits) and (sign or at == 0):
            found = (n, digits)
        elif len(digits) > _DIGITS_MAX + 1:
            break
    if found is None or not _is_shaped(text, groups[at : at + found[0]]) or _goes_on(text, groups, at + found[0]):
        return None
    return found


def _sign(text: str, start: int) -> str:
    """The plus before a number, with what stands between."""
    sign = re.search(r"\(?\+ ?\(?$", text[max(0, start - 4) : start])
    return sign.group() if sign else ""


def _opens(text: str, start: int) -> bool:
    """Whether a telephone may start here: after a blank or an opening sign, or the word that announces it."""
    before = text[max(0, start - 12) : start]
    is_glued = before[-1:].isalnum() or before[-1:] in (".", ",", "/", "-")
    return not before or not is_glued or bool(_GLUED.search(before))


def _is_shaped(text: str, groups: list[Group]) -> bool:
    """Whether groups are cut as telephones are, and not as dates, hours, postal codes or lists of numbers."""
    sizes = [end - start for start, end in groups]
    blanks = [text[end:start] for (_, end), (start, _) in pairwise(groups)]
    joints = [blank.strip(" ()\n\t") for blank in blanks]
    if _HAS_DATE.search(text, groups[0][0], groups[-1][1]) or sizes == [5, 5]:
        return False
    is_odd = any(map(_ODD.intersection, joints)) or (
        len(blanks) > 1 and all(set(blank) & {"\n", "\t"} for blank in blanks)
    )
    is_alike = len(set(joints[-4:])) <= 1
    if is_odd:
        values = [int(text[start:end].translate(_LETTERS_O)) for start, end in groups[-5:]]
        is_list = len({after - before for before, after in pairwise(values)}) == 1
        return is_alike and not is_list and set(sizes[-4:]) == {2}
    return is_alike if len(sizes) > 6 else True


def _goes_on(text: str, groups: list[Group], at: int) -> bool:
    """Whether two more digits follow in the same breath, cut as it is: it was part of a longer number."""
    if at >= len(groups):
        return False
    (before, end), (start, stop) = groups[at - 1], groups[at]
    is_cut_alike = text[end:start] in (" ", ".", "-", "/") and text[before - 1 : before] in (text[end:start], "")
    return is_cut_alike and stop - start == 2 and _telephone(text, groups, at, True) is None


def accounts(text: str) -> Iterator[tuple[int, int]]:
    """Bank accounts: their key is right, or they have the length of their country and are told or cut as accounts."""
    for found in _IBAN.finditer(text):
        length = _iban_length(found.group())
        account = found.group()[:length]
        if not length or not (is_iban(account) or _is_account(text, found.start(), account)):
            continue
        yield found.start(), found.start() + length


def _is_account(text: str, start: int, account: str) -> bool:
    if REFERENCE_CUE.search(text[max(0, start - 25) : start]):
        return False
    is_told = bool(ACCOUNT_CUE.search(text, max(0, start - 40), start))
    n_cuts = sum(not c.isalnum() for c in account)
    n_digits, n_signs = sum(c.isdigit() for c in account), len(account) - n_cuts
    return n_digits * 2 >= n_signs if is_told else n_cuts >= 3 and n_digits * 4 >= n_signs * 3


def insured(text: str) -> Iterator[tuple[int, int]]:
    """Social security numbers: their key is right, or they are cut as people do, or told as such."""
    for found in _NIR.finditer(text):
        is_told = bool(INSURED_CUE.search(text, max(0, found.start() - 40), found.start()))
        is_thing = bool(REFERENCE_CUE.search(text[max(0, found.start() - 25) : found.start()]))
        if is_told or is_nir(found.group(), found["key"] is not None, not is_thing):
            yield found.start(), found.end()


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Bank cards."""
    return (found.span() for found in _CARD.finditer(text) if is_card(found.group()))


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


def is_nir(text: str, has_key: bool, may_be_mistyped: bool = False) -> bool:
    """With its key: 97 − (number mod 97). Else only when written in groups, as people do."""
    bare = re.sub(r"[^0-9AB]", "", text.upper())
    number = bare[:13].replace("2A", "19").replace("2B", "18") if not bare[:13].isdigit() else bare[:13]
    if not number.isdigit():
        return False
    if has_key and (97 - int(number) % 97 == int(bare[13:15]) or not may_be_mistyped):
        return 97 - int(number) % 97 == int(bare[13:15])
    return text[0] in "12" and len(re.findall(r"[^0-9AB]+", text.upper())) >= (6 if has_key else 4)


def is_card(text: str) -> bool:
    """Sixteen digits whose Luhn sum is a multiple of ten, of a known issuer."""
    digits = [int(c) for c in text if c.isdigit()]
    total = sum(d if at % 2 else (2 * d - 9 if d > 4 else 2 * d) for at, d in enumerate(digits))
    return total % 10 == 0 and digits[0] in (3, 4, 5, 6)
