"""French typography for our own words, and the joins of our words with others': elision and contraction.

Never applied inside a quotation: participants' words stay as they wrote them.
Rules: Lexique des règles typographiques en usage à l'Imprimerie nationale; U+202F before ; ! ? and in thousands,
U+00A0 before : and inside « ».
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Literal

from pipeline.language.text.folding import fold, strip_accents
from pipeline.language.text.lists import read_lines, read_words

Spaces = Literal["fine", "insecable", "aucune"]

THIN = "\u202f"
NO_BREAK = "\u00a0"

_PROTECTED = re.compile(r"https?://\S+|\b\d{1,2}:\d{2}\b|[:;]-?[)(DP]|«[^»]*»")
_BEFORE_HIGH = re.compile(r"[ \u00a0\u202f]*([;!?]+)")
_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+:(?=\s|$)")
_AFTER_OPENING = re.compile(r"«[ \u00a0\u202f]*")
_BEFORE_CLOSING = re.compile(r"[ \u00a0\u202f]*»")
_THOUSANDS = re.compile(r"(?<![\d,.])(\d{1,3})((?: \d{3})+)(?![\d])")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")

_STEM_MIN = 4
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"
_TITLE_OF_PERSON = re.compile(r"(?:MM?\.|Mmes?|Mlles?|Mgr|Dr|Pr)\s+(?=[A-ZÀ-Þ\[])")


def shortened(text: str, limit: int = 260) -> str:
    """A text cut at a word, the cut shown."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " […]"


def typeset(text: str, spaces: Spaces = "fine") -> str:
    """`text` with French spaces and apostrophes; URLs, times, emoticons and quotations are left as they are.

    `spaces` : `fine` puts U+202F before ; ! ?; `insecable` U+00A0 everywhere; `aucune` plain spaces, for plain tools.
    """
    text = _BEFORE_CLOSING.sub(f"{NO_BREAK}»", _AFTER_OPENING.sub(f"«{NO_BREAK}", text))
    pieces: list[str] = []
    last = 0
    for match in _PROTECTED.finditer(text):
        pieces.append(_typeset_plain(text[last : match.start()]))
        pieces.append(match.group())
        last = match.end()
    joined = "".join(pieces) + _typeset_plain(text[last:])
    if spaces == "insecable":
        return joined.replace(THIN, NO_BREAK)
    if spaces == "aucune":
        return joined.replace(THIN, " ").replace(NO_BREAK, " ")
    return joined


def _typeset_plain(text: str) -> str:
    text = _APOSTROPHE.sub("’", text)
    text = _THOUSANDS.sub(lambda match: match.group(1) + match.group(2).replace(" ", THIN), text)
    text = _BEFORE_HIGH.sub(rf"{THIN}\1", text)
    return _BEFORE_COLON.sub(f"{NO_BREAK}:", text)


def elides(word: str) -> bool:
    """Whether `de`, `le`, `que`… lose their vowel before `word`."""
    first = re.split(r"[\s’',.;:!?()-]", word.strip('«»“”" \u00a0\u202f').lower(), maxsplit=1)[0]
    if not first or _forbids_elision(first):
        return False
    if first[0] == "h" or first in ("yeux", "yeuse"):
        return True
    return first[0] in _VOWELS and not (first[0] == "y" and len(first) > 1 and first[1] in _VOWELS)


@lru_cache(maxsize=10_000)
def _forbids_elision(word: str) -> bool:
    """Whether the list has a word, inflected or not, or the stem of its verb."""
    listed = read_words(__name__, "aspirated")
    if any(word.removesuffix(ending) in listed for ending in ("", "s", "x", "e", "es")):
        return True
    return any(f"{word[:end]}-" in listed for end in range(_STEM_MIN, len(word)))


def with_de(phrase: str) -> str:
    """`de` before a phrase, elided and contracted: du bus, des trajets, d’aide, de l’école, de la mairie."""
    for article, contracted in (("le ", "du "), ("les ", "des ")):
        if phrase.lower().startswith(article):
            return contracted + phrase[len(article) :]
    return f"d’{phrase}" if elides(phrase) else f"de {phrase}"


def with_a(phrase: str) -> str:
    """`à` before a phrase, contracted: au bus, aux trajets, à l’école, à la mairie."""
    for article, contracted in (("le ", "au "), ("les ", "aux ")):
        if phrase.lower().startswith(article):
            return contracted + phrase[len(article) :]
    return f"à {phrase}"


def capitalized(text: str) -> str:
    """First letter as a capital, with its accent; what comes before it (quotes, spaces) stays."""
    match = re.search(r"\w", text)
    if match is None:
        return text
    return text[: match.start()] + accented(match.group().upper() + text[match.end() :])


def accented(text: str) -> str:
    """The capital that opens a text with the accent that keyboards leave out: `Ecole` → `École`."""
    if re.match(r"Etre\b", text):
        return f"Ê{text[1:]}"
    first = re.match(r"E(\w+)", text)
    is_bare = first is not None and first[1] in read_words(__name__, "accented_capitals")
    return f"É{text[1:]}" if is_bare else text


def decapitalized(text: str) -> str:
    """First letter in lower case, unless the word is an acronym, a name in capitals, or a title before a name."""
    text = accented(text)
    if _TITLE_OF_PERSON.match(text):
        return text
    match = re.match(r"\w+", text)
    if match is None or (len(match.group()) > 1 and match.group()[1:] != match.group()[1:].lower()):
        return text
    return text[0].lower() + text[1:]


def unaccented(text: str) -> str:
    """Lower case without accents, for matching only."""
    return strip_accents(text.lower())


def joined(parts: list[str]) -> str:
    """`a`, `a et b`, `a, b et c`."""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " et " + parts[-1]


@cache
def _numbers() -> tuple[str, ...]:
    return tuple(read_lines(__name__, "numbers")[0].split())


@cache
def small_numbers() -> Mapping[str, str]:
    """The numbers that authors write in letters, folded → in figures: « deux » is 2; « un » is an article too."""
    return {fold(word): str(n) for n, word in enumerate(_numbers()) if n != 1}


_TENS = "dix vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()
_NUMBER_WORDS = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_NUMBER_LONGEST = 6
"""Words of a number, at most: « deux cent quatre-vingt-dix-sept »."""


def in_figures(text: str) -> str:
    """A text whose numbers below a thousand are in figures, « dix-sept », « vingt et une », « deux cents »; « un » and
    « une » alone are articles."""
    return _NUMBER_WORDS.sub(lambda found: _run_in_figures(found[0]), text)


def _run_in_figures(run: str) -> str:
    """Words in a row, their numbers in figures, the longest that stands at each place."""
    parts = re.split(r"([ -])", run)
    words, found, at = [fold(one) for one in parts[::2]], list[str](), 0
    while at < len(words):
        ends = range(min(len(words), at + _NUMBER_LONGEST), at, -1)
        end = next((end for end in ends if " ".join(words[at:end]) in _spelt()), 0)
        told = str(_spelt()[" ".join(words[at:end])]) if end else parts[2 * at]
        at = end or at + 1
        found += [told, *parts[2 * at - 1 : 2 * at]]
    return "".join(found)


@cache
def _spelt() -> Mapping[str, int]:
    """The whole numbers below a thousand but one, folded, spaces for hyphens → in figures."""
    below = {" ".join(words): n for n in range(100) for words in _below_100(n)}
    found = dict(below) | {"cent": 100}
    for n in range(1, 10):
        head = f"{_numbers()[n]} cent" if n > 1 else "cent"
        found |= {f"{head} {words}": 100 * n + more for words, more in below.items() if more}
        found |= {head: 100 * n, f"{head}s": 100 * n} if n > 1 else {}
    return {fold(words): n for words, n in found.items() if words not in ("un", "une")}


def _below_100(n: int) -> Iterator[list[str]]:
    """The words of a number, in each of its forms."""
    if n < len(_numbers()):
        yield [_numbers()[n]]
        if n == 1:
            yield ["une"]
        return
    ten = _TENS[n // 10 - 1].split("-")
    more = n % 20 if n >= 60 else n % 10
    joint = ["et"] if more in (1, 11) and n < 80 else []
    if not more:
        yield ten
        if n == 80:
            yield ["quatre", "vingts"]
    else:
        yield from ([*ten, *joint, *words] for words in _below_100(more))


_QUARTERS = re.compile(r"\b(\d|un|trois) ?(?:/ ?4|quarts?)(?P<hour> ?h\b| d.heures?)?(?![/\w])", re.IGNORECASE)
"""`3/4`, `trois quarts d’heure`, which is 45 minutes."""


def with_quarters(text: str) -> str:
    """A text whose quarters, « 3/4 », « un quart d’heure », are told in one way, those of an hour in minutes."""
    return _QUARTERS.sub(_quarters, text)


def _quarters(found: re.Match[str]) -> str:
    n = int(found[1]) if found[1].isdigit() else 3 if fold(found[1]) == "trois" else 1
    return f"{15 * n}" if found["hour"] else f"{n} quarts" if n > 1 else "quart"


def number_word(n: int, feminine: bool = False) -> str:
    """Whole numbers in letters up to sixteen, then in figures with thin thousands."""
    if n == 1 and feminine:
        return "une"
    if 0 <= n < len(_numbers()):
        return _numbers()[n]
    return f"{n:,}".replace(",", THIN)


def counted(n: int, singular: str, plural: str | None = None, feminine: bool = False) -> str:
    """A number and its noun: `une table`, `deux tables`, `aucune table`."""
    if n == 0:
        return f"{'aucune' if feminine else 'aucun'} {singular}"
    noun = singular if n == 1 else plural or f"{singular}s"
    return f"{number_word(n, feminine)} {noun}"
