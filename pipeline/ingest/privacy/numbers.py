"""Numbers that name a person in a folded text: telephones however they are cut, accounts, social security, cards."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from pipeline.ingest.privacy.contacts import ACCOUNT_CUE, PERSONAL, REFERENCE_CUE, one_of

_S = r"[ \t\n.\-/_'\u00b7]{0,3}"
_RUN = re.compile(
    r"(?:\d|(?<![^\W_])[Oo](?=[ .\-]?[1-9]))(?:[ \t\n._,:;'\u00b7\u2026*|/()=~\\-]{0,3}(?:\d|[Oo](?![^\W\d_oO])))+"
)
_GROUP = re.compile(r"[\dOo]+")
_FRENCH = re.compile(r"(?:(?:\+|00)330?|33(?=[67])|0)[1-9]\d{8}")
_FOREIGN = re.compile(r"(?:\+|00)(?!33)[1-9]\d{7,13}")
_GLUED = re.compile(
    r"(?:\bt[eé]l|\bt[eé]l[eé]phone|\bportable|\bport|\bmob(?:ile)?|\bfixe|\bau|[^\W\d_]\.)$", re.IGNORECASE
)
_HAS_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)")
_ODD = frozenset(",:;_'\u00b7\u2026*|=~\\")
"""Signs that cut telephones less often than lists, hours and amounts: alike between all pairs, or it is none."""
_LETTERS_O = str.maketrans("Oo", "00")
TELEPHONE_MIN, LONG_MIN, _DIGITS_MAX = 7, 9, 15
"""Digits of a text that holds a telephone, another number of this module; of a telephone."""
_FRENCH_DIGITS = 10
_IBAN = re.compile(rf"(?<![^\W_])[A-Z]{{2}}(?P<apart>{_S})\d{{2}}(?:{_S}[A-Z0-9]){{11,30}}", re.IGNORECASE)
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
    rf"(?<![^\W_])(?<![\d.,])[1-478]{_S}\d{{2}}{_S}(?:0[1-9]|1[0-2]|[2-9]\d){_S}(?:(?:\d{{2}}|2[AB]){_S}\d{{3}}|9[78]\d{_S}\d{{2}}){_S}\d{{3}}"
    r"(?P<key>[ \t\n.\-/_'\u00b7]{0,3}(?:cl[ée]f?\s*:?\s*)?\d{2})?(?![^\W_])",
    re.IGNORECASE,
)
_TOLD_NIR = re.compile(
    rf"\b(?:{one_of('insured_words')})\b[^\d\n]{{0,30}}(?P<number>[1-478](?:[^\w\n,;]{{0,3}}(?:\d|2[AB])){{9,14}})(?![^\W_])",
    re.IGNORECASE,
)
_CARD = re.compile(
    rf"(?<![^\W_])(?:\d{{4}}(?:{_S}\d{{4}}){{3}}|3[47]\d{{2}}{_S}(?:\d{{6}}{_S}\d{{5}}|\d{{4}}{_S}\d{{4}}{_S}\d{{3}}))(?![^\W_])"
)
_RIB = re.compile(
    rf"\b(?:{one_of('account_words')})\b[^\d\n]{{0,30}}(?P<number>\d{{5}}{_S}\d{{5}}{_S}[A-Z0-9](?:{_S}[A-Z0-9]){{10}}{_S}(?:cl[ée]\s?:?\s?)?\d{{2}})(?![^\W_])",
    re.IGNORECASE,
)
_SHORT_IBAN = re.compile(
    rf"\b(?:(?P<rib>rib)|{one_of('account_words')})\b[^\d\n]{{0,30}}(?<![^\W_])(?P<number>"
    rf"(?(rib)(?:[A-Z]{{2}}{_S}\d{{2}}|\d{{5}}{_S}\d{{5}})|[A-Z]{{2}}{_S}\d{{2}})(?:{_S}\d|(?<=\d)[A-Z](?={_S}\d)){{8,28}})(?![^\W_])",
    re.IGNORECASE,
)
_SPELT_RIB = re.compile(
    r"banque\b\D{0,8}(?P<number>\d{5}\D{1,20}\d{5}\D{1,20}[A-Z0-9]{11}(?:\D{1,12}\d{2})?)(?![^\W_])", re.IGNORECASE
)
_TOLD_CARD = re.compile(
    rf"\b(?:{one_of('card_words')})\b[^\d\n]{{0,30}}(?P<number>\d{{4}}(?:{_S}\d{{4}}){{2,3}}|"
    r"[2-6](?:[ .\-\u00b7]{0,2}\d){12,18})(?![^\W_])",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NIR_GROUPS = ([1, 2, 2, 2, 3, 3], [1, 2, 2, 3, 2, 3])
"""How people cut a social security number: sex, year, month, department, commune, order; a key of two may follow."""
_LIST_BEFORE = 2
"""So many numbers, cut alike, before what would be a telephone: it is a part of a list."""
_TWOS = ([2, 2, 2, 1], [2, 7, 2, 0])
"""How the cards of an issuer that begin with two begin: from here to there."""
Group = tuple[int, int]


def telephones(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, digits) of what reads as a telephone; digits bear their `+` or `00` when one is written."""
    for run in _RUN.finditer(text):
        if sum(c.isdigit() for c in run.group()) < TELEPHONE_MIN:
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
    return None if not is_next and _is_in_list(text, groups, at, found[0]) else found


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
    is_odd = any(map(_ODD.intersection, joints))
    if _HAS_DATE.search(text, groups[0][0], groups[-1][1]) or sizes == [5, 5]:
        return False
    if sizes == [1] * _FRENCH_DIGITS and not any(joints[::2]) and not is_odd:
        return True
    n_alike = 4 if sum(sizes) <= _FRENCH_DIGITS else 3  # +33 6 12.34.56.78
    is_alike = len(set(joints[-n_alike:])) <= 1
    if is_odd or (len(blanks) > 1 and all(set(blank) & {"\n", "\t"} for blank in blanks)):
        return _is_cut_oddly([text[start:end].translate(_LETTERS_O) for start, end in groups], joints, is_alike)
    return is_alike or len(sizes) <= 6


def _is_cut_oddly(pairs: list[str], joints: list[str], is_alike: bool) -> bool:
    """Whether signs that cut lists and hours stand alike between pairs, or one after the first: « 06 : 594 65 832 »."""
    if pairs[0] in ("06", "07") and joints[0] not in ("", ",") and not any(map(_ODD.intersection, joints[1:])):
        return {len(pair) for pair in pairs[2:]} != {3}  # an amount
    values = [int(pair) for pair in pairs[-5:]]
    return is_alike and not _count_on(values) and {len(pair) for pair in pairs[-4:]} == {2}


def _goes_on(text: str, groups: list[Group], at: int) -> bool:
    """Whether two more digits follow in the same breath, cut as it is: it was part of a longer number."""
    if at >= len(groups):
        return False
    (before, end), (start, stop) = groups[at - 1], groups[at]
    is_cut_alike = text[end:start] in (" ", ".", "-", "/") and text[before - 1 : before] in (text[end:start], "")
    return is_cut_alike and stop - start == 2 and _telephone(text, groups, at, True) is None


def _is_in_list(text: str, groups: list[Group], at: int, n: int) -> bool:
    """Whether numbers count in equal steps (lots, pages, years), or are some of a longer number or list, cut alike."""
    own = groups[at : at + n]
    values = [int(text[start:end].translate(_LETTERS_O)) for start, end in own]
    if _count_on(values):
        return True
    if n == 1:
        return False
    joints = [text[end:start] for (_, end), (start, _) in pairwise(groups)]
    own_joints, after = joints[at : at + n - 1], at + n
    n_before = next((k for k in range(at) if joints[at - 1 - k] not in own_joints), at)
    if n_before and _HAS_DATE.search(text, groups[0][0], own[0][0]):
        n_before = 0
    goes_on = after < len(groups) and joints[after - 1] in own_joints and _telephone(text, groups, after, True) is None
    is_usual = {end - start for start, end in own} == {2} and len(set(own_joints)) == 1
    return n_before >= _LIST_BEFORE or (not is_usual and (at > 0 or goes_on))


def _count_on(values: list[int]) -> bool:
    """Whether numbers go on one by one, at their head, or in equal steps."""
    steps = [after - before for before, after in pairwise(values)]
    return set(steps[:3]) == {1} or (len(steps) > 2 and len(set(steps)) == 1)


def accounts(text: str) -> Iterator[tuple[int, int]]:
    """Bank accounts: their key is right, or they are told or cut as accounts and whole; told, a piece is one too."""
    whole = [told.span("number") for told in chain(_RIB.finditer(text), _SPELT_RIB.finditer(text))]
    at = 0
    while found := _IBAN.search(text, at):
        length = _iban_length(found.group())
        account, end = found.group()[:length], found.start() + length
        is_whole = length and not text[end : end + 1].isalnum() and not _is_of_words(account)
        if is_whole and (is_iban(account) or _is_account(text, found.start(), account, bool(found["apart"]))):
            whole.append((found.start(), end))
            at = end
        else:
            at = found.start() + 2  # another may begin inside
    yield from whole
    for told in _SHORT_IBAN.finditer(text):
        start, end = told.span("number")
        is_thing = _is_of_words(told["number"]) or REFERENCE_CUE.search(text[max(0, start - 25) : start])
        if not is_thing and not any(first < end and start < last for first, last in whole):
            yield start, end


def _is_of_words(account: str) -> bool:
    """Whether what looks like an account is words and numbers: « les 2019 2020 2021… », « (compte) le 08 09 10… »."""
    country, *tokens = _TOKEN.findall(account)
    is_word = country.upper() not in _IBAN_LENGTHS or (len(tokens[0]) > 2 and not country.isupper())
    if country.isalpha() and (is_word or are_of_things(account)):
        return True
    words = [token for token in tokens if token.isalpha() and len(token) > 1]
    return any(not word.isupper() for word in words) if account[:1].isupper() else bool(words)


def _is_account(text: str, start: int, account: str, is_country_apart: bool) -> bool:
    if REFERENCE_CUE.search(text[max(0, start - 25) : start]):
        return False
    is_told = bool(ACCOUNT_CUE.search(text, max(0, start - 40), start))
    n_cuts = sum(not c.isalnum() for c in account)
    n_digits, n_signs = sum(c.isdigit() for c in account), len(account) - n_cuts
    if is_told:
        return n_digits * 2 >= n_signs
    is_cut = n_cuts >= 3 and n_digits * 4 >= n_signs * 3
    return is_cut and account[:2].isupper() and not is_country_apart


def insured(text: str) -> Iterator[tuple[int, int]]:
    """Social security numbers: told as such, of a right key, or cut as people cut theirs and not given as a thing's.

    Without its key, one that nothing tells is a number among others unless somebody speaks of a person.
    """
    for told in _TOLD_NIR.finditer(text):
        is_thing = REFERENCE_CUE.search(text[max(0, told.start("number") - 25) : told.start("number")])
        if not (_is_listed(told["number"]) or are_of_things(told["number"]) or is_thing):
            yield told.span("number")
    for found in _NIR.finditer(text):
        before = text[max(0, found.start() - 60) : found.start()]
        is_cut = _is_cut_as_nir(found.group())
        is_right = found["key"] and found.group()[0] in "12" and is_nir(found.group())
        is_told = found["key"] or PERSONAL.search(before)
        is_sure = is_right and (is_cut or _is_alone(text, *found.span()))
        if is_sure or (is_told and is_cut and not REFERENCE_CUE.search(before[-25:])):
            yield found.span()


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Bank cards: told as such, whatever their key; else of a right key, and no numbers of four digits in a row."""
    for found in _TOLD_CARD.finditer(text):
        is_list = _is_listed(found["number"]) and not re.match(r"\d{4}(?!\d)", found["number"])
        if not (is_list or are_of_things(found["number"])):
            yield found.span("number")
    for found in _CARD.finditer(text):
        before, after = text[max(0, found.start() - 6) : found.start()], text[found.end() : found.end() + 6]
        is_amid = re.search(r"\d $", before) or re.match(r" \d{4}(?!\d)", after)
        if is_card(found.group()) and not is_amid:
            yield found.span()


def are_of_things(text: str) -> bool:
    """Whether numbers are years, amounts (« 25 003, 70 451 ») or count one by one; what is no number aside."""
    told = [token for token in _TOKEN.findall(text) if token.isdecimal()]
    sizes, steps = [len(one) for one in told], {int(after) - int(one) for one, after in pairwise(told)}
    are_amounts = set(sizes[1::2]) == {3} and len(sizes) % 2 == 0 and max(sizes) == 3 > min(sizes)
    return are_amounts or steps == {1} or (len(told) > 1 and all(map(_YEAR.fullmatch, told)))


def _is_listed(text: str) -> bool:
    """Whether groups are numbers of one size that stand in a row: years, postal codes, lots."""
    sizes = [len(token) for token in _TOKEN.findall(text)]
    return len(sizes) > 1 and sizes[0] > 1 and len(set(sizes)) == 1


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a number is neither one of a list or a table, nor a thing's."""
    before = text[max(0, start - 25) : start]
    is_amid = re.search(r"\d{2}[ ,/;]{1,3}$", before) or re.match(r"[ ,/;]{1,3}\d{2}", text[end : end + 5])
    return not (is_amid or _is_listed(text[start:end]) or REFERENCE_CUE.search(before))


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


def is_nir(text: str) -> bool:
    """Thirteen signs and their key, 97 − (number mod 97); Corsica's letters count as 19 and 18."""
    bare = re.sub(r"[^0-9AB]", "", text.upper())
    number = bare[:13] if bare[:13].isdigit() else bare[:13].replace("2A", "19").replace("2B", "18")
    return len(bare) == 15 and number.isdigit() and 97 - int(number) % 97 == int(bare[13:])


def _is_cut_as_nir(text: str) -> bool:
    sizes = [len(token) for token in re.findall(r"[0-9AB]+", text.upper())]
    return text[0] in "12" and (sizes in _NIR_GROUPS or (sizes[-1] == 2 and sizes[:-1] in _NIR_GROUPS))


def is_card(text: str) -> bool:
    """Sixteen digits, fifteen of one issuer, whose Luhn sum is a multiple of ten, of a known issuer."""
    digits = [int(c) for c in text if c.isdigit()]
    total = sum((2 * d - 9 if d > 4 else 2 * d) if at % 2 else d for at, d in enumerate(reversed(digits)))
    return total % 10 == 0 and (3 <= digits[0] <= 6 or _TWOS[0] <= digits[:4] <= _TWOS[1])
