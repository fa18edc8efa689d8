"""Coarse cuts of a contribution: lines and bullets, sentence ends, lists. Positions where a new piece begins."""

import re
from collections.abc import Sequence

from pipeline.ingest.segmentation.openings import PROBLEM_START, begins_act
from pipeline.language.lexicon.spelling import is_shortening
from pipeline.language.syntax.finite_verbs import has_verb
from pipeline.language.syntax.function_words import ALL_CLITICS, DETERMINERS, every_word, of
from pipeline.language.text.lists import read_words

LINE, SENTENCE, CLAUSE = 0, 1, 2
_END = re.compile(
    r"(?P<mark>[.!?…]++(?:[ \u00a0\u202f]++[!?]++)*+)(?P<close>[ \u00a0\u202f]*[»”\")\]]+)?(?P<gap>\s+)(?=\S)"
)
_TIGHT_END = re.compile(r"(?<=[a-zà-ÿ]{2})[.!?…]+(?=[A-ZÀ-Þ][a-zà-ÿ'’]|[A-ZÀ-Þ] )")
_LAST_TOKEN = re.compile(r"[\w'’-]+(?:\.[\w-]+)*$")
_BREAK = re.compile(r"\s*\n\s*")
_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{3,}|\t+)(?=\S)")
_TRAIL = re.compile(r"(?:…|\.{2,})\s+(?=[^\W\d])")
_INLINE_BULLET = re.compile(r"(?:(?<=\s)|^)(?:[•●○▪■◦‣⁃►➢➤✓✔☐☑]\s*(?=\S)|>\s+(?=[A-ZÀ-Þ]))")
_DASH = re.compile(r"(?<=\S)\s+[-–—*]\s+(?=\S)")
_SEMICOLON = re.compile(
    r"[ \u00a0\u202f]*;\s*(?=\S)|(?<!\s)\s++(?:/{1,2}\s+(?=\S)|\+\s+(?=[^\W\d])(?!de\s+\d)|(?:→|⇒|=>|->)\s+(?=\S))"
)
_LIST_SIGN = re.compile(
    r"[\U0001f300-\U0001faff\u2600-\u26ff\u2b50•●○▪■◦‣⁃►➢➤✓✔☐☑;/+→⇒\t>]|…|\.\.|\s[-–—*]|^[-–—*]|   |\d\s?[.)°-]"
)
_PICTURES = "\U0001f300-\U0001faff\u2600-\u26ff\u2b50\ufe0f"
_EMOJI = re.compile(f"(?<=\\S)(?<![{_PICTURES}])\\s*+[{_PICTURES}]++\\s*+(?=\\w)")
_ARROWS, _SLASHES = ("→", "⇒", "=>", "->"), ("/", "//")
_DASHES_MAX = 40
"""More dashes than this are a table drawn in text, no list."""
_PLACE_WORDS_MAX = 3
_STRONG_SIGN = re.compile(r"[.!?;\n]|\s[/+]\s")
_NUMBERED = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})\s?[.)°/-]+\s+(?=[^\W\d])")
QUANTITY = r"(?:\+\s*(?=\d|d(?:['’]|e\s|u\s)(?!\w+(?:er|ir|re)\b))|[-−–]\s*(?=d(?:['’]|e\s)(?:\d|la\s+moiti|une?\s)))"
"""« + de bancs », « - de 30 places »: a sign that says « plus » or « moins », and is no bullet."""
BULLET_START = re.compile(
    rf"(?!{QUANTITY})"
    r"(?:[-−–—*•\uf0b7\uf0a7\uf0d8●○▪■◦‣⁃·►➢➤→✓✔☐☑+]+|[-=]?>+(?=\s*[^\W\d])|\(?\d{1,2}\s?[.)°/-]+(?=\s)(?!(?<=-)\s*\d)|[a-h]\s?[).]|[a-h]/)\s*(?=\S)"
)
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
ABBREVIATIONS = read_words(__name__, "abbreviations")
"""Abbreviations in lower case, without their full stop."""
ABBREVIATIONS_BEFORE_NUMBERS = read_words(__name__, "abbreviations_before_numbers")
"""Those that a number follows ("p. 12", "sept. 2023")."""
CLOSING_ABBREVIATIONS = read_words(__name__, "closing_abbreviations")
"""Those that often end a sentence: a capital after them begins the next one."""
WAITING = ALL_CLITICS | DETERMINERS | of("prepositions", "persons") | {"que", "qui", "et", "ou", "dont", "est", "sont"}
"""Words that what follows goes on with."""
_NEVER_BEFORE_NAME = ABBREVIATIONS - CLOSING_ABBREVIATIONS


_HALF_SUBJECT = re.compile(r"(?:^|[:,])\s*(?:l['’]|(?:le|la|les|un|une)\s)[\w'’-]+\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-zà-ÿ(](?![.)/])")
FULL_MIN, FULL_SHARE, WIDTHS = 3, 0.8, (60, 130)
"""Lines as long as the longest, nearly, from which an editor cut them; how near; the widths of editors, in
characters."""


def cut_width(lines: Sequence[str]) -> int:
    """The width at which an editor cut lines; 0 for none."""
    lengths = [len(line.rstrip()) for line in lines]
    width = max(lengths, default=0)
    is_one = WIDTHS[0] <= width <= WIDTHS[1] and sum(n >= FULL_SHARE * width for n in lengths) >= FULL_MIN
    return width if is_one else 0


def is_cut(line: str, following: str, width: int) -> bool:
    """Whether an editor cut there, in the middle of a sentence: the line is full, its last word waits for what follows,
    or that goes on without a capital."""
    bare = line.rstrip()
    if not width or len(bare) < FULL_SHARE * width or bare[-1:] in ".!?…:;":
        return False
    return _GOES_ON.match(following) is not None or bare.rsplit(maxsplit=1)[-1].lower() in WAITING


def is_over(line: str, following: str, width: int) -> bool:
    """Whether the next word would not have stood on a line of that width."""
    return 0 < width < len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0])


_HALF_PAIR = re.compile(r"\b(?:entre|à la fois)\s(?!.*\bet\s)[^.!?:;]*$", re.IGNORECASE)
_OTHER_HALF = re.compile(r"et\s")


def is_rest_of_pair(before: str, after: str) -> bool:
    """Whether words end the pair that those before them open: « entre les hommes », « et les femmes »."""
    return _HALF_PAIR.search(before.rstrip()) is not None and _OTHER_HALF.match(after) is not None


def cut_lines(text: str, cuts: dict[int, int]) -> None:
    lines = [len(line) for line in text.split("\n")[:-1] if line.strip()]
    is_wrapped = bool(lines) and min(lines) > 45
    for found in _BREAK.finditer(text):
        after = found.end()
        if found.start() == 0 or after >= len(text):
            continue
        last = text[found.start() - 1]
        is_bullet = bool(BULLET_START.match(text, after))
        is_blank_line = text.count("\n", found.start(), found.end()) > 1
        goes_on = text[after].islower() and last not in ".!?…:;" and not is_bullet and not is_blank_line
        if not (goes_on and (is_wrapped or last == ",")):  # else a line that its editor cut
            cuts[after] = LINE


def cut_sentences(text: str, cuts: dict[int, int]) -> None:
    for found in _END.finditer(text):
        if _ends_sentence(text, found):
            cuts.setdefault(found.end(), SENTENCE)
    for found in _TIGHT_END.finditer(text):
        cuts.setdefault(found.end(), SENTENCE)


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    mark, following = found["mark"], text[found.end()]
    if following in ")]»”,;:.!?…":
        return False
    if "!" in mark or "?" in mark:
        return not (following.islower() and bool(found["close"]))
    if "…" in mark or len(mark) > 1:
        return not following.islower() or len(mark) > 3
    return not _is_inner_stop(text, found, following)


def _is_inner_stop(text: str, found: re.Match[str], following: str) -> bool:
    """Whether a full stop ends no sentence: an initial, an abbreviation."""
    last = _LAST_TOKEN.search(text, max(0, found.start() - 30), found.start())
    token = last.group() if last else ""
    key = re.split(r"['’]", token.lower())[-1]
    if key in _NEVER_BEFORE_NAME or (len(token) == 1 and token.isupper() and following.isalnum()):
        return True
    if following.isdigit():
        return key in ABBREVIATIONS_BEFORE_NUMBERS
    if is_shortening(key) and not token.isupper() and (following.islower() or _is_shortened(text, found.end())):
        return True
    if following.islower() and key in WAITING:  # "il faut pouvoir se. consacrer": where a machine cut a turn
        return True
    return following.islower() and (key in ABBREVIATIONS or len(key) == 1 or bool(found["close"]))


def _is_shortened(text: str, at: int) -> bool:
    """Whether the word that stands there is cut short: « Chamb. Agric. »."""
    following = _SHORTENED.match(text, at)
    return following is not None and is_shortening(following[1].lower())


_SHORTENED = re.compile(r"([^\W\d_]+)\.")


def cut_lists(text: str, cuts: dict[int, int]) -> None:
    """Cut at the signs that part the members of a list: bullets, pictures, gaps, `;`, `/`, arrows, dashes, numbers."""
    if not _LIST_SIGN.search(text):
        return
    bullets = list(_INLINE_BULLET.finditer(text))
    for found in bullets:
        if found.start() and not _is_lone_chevron(text, found, bullets):
            cuts[found.start()] = LINE
    for found in _EMOJI.finditer(text):
        if _has_words(text, found, 2):
            cuts[found.end()] = SENTENCE
    for found in _GAP.finditer(text):
        if _has_words(text, found, 2):
            cuts[found.end()] = LINE
    trails = list(_TRAIL.finditer(text))
    if len(trails) > 1 and all(_has_words(text, found, 2) for found in trails):
        for found in trails:
            cuts.setdefault(found.end(), SENTENCE)
    for found in _SEMICOLON.finditer(text):
        if _parts_members(text, found):
            cuts.setdefault(found.end(), SENTENCE)
    _cut_dashes(text, cuts)
    _cut_numbers(text, cuts)


def _is_lone_chevron(text: str, found: re.Match[str], bullets: list[re.Match[str]]) -> bool:
    """Whether a `>` stands alone inside a sentence, before a few words: from one place to another, no list."""
    is_alone = sum(text[one.start()] == ">" for one in bullets) == 1
    if len(WORD.findall(_STRONG_SIGN.split(text[found.end() : found.end() + 80])[0])) > _PLACE_WORDS_MAX:
        return False
    return is_alone and text[found.start()] == ">" and text[: found.start()].rstrip()[-1:] not in ".!?…:;"


def _parts_members(text: str, found: re.Match[str]) -> bool:
    """Whether `;`, `/`, `+` or an arrow stands between two ideas."""
    sign = found.group().strip()
    if sign in _ARROWS and not begins_act(text[found.end() : found.end() + 60]):
        return False  # what follows from it, not what to do about it
    left = _STRONG_SIGN.split(text[max(0, found.start() - 160) : found.start()])[-1]
    is_list = sign in _SLASHES and text.count(" / ") > 1
    if sign == "+" and left.split() and left.split()[-1].lower() in every_word():
        return False  # « rares et + longues »: it says « plus »
    if sign == "+" or (sign in _SLASHES and not is_list):
        right = _STRONG_SIGN.split(text[found.end() : found.end() + 160])[0].split(" :")[0]
        is_member = has_verb(right) or begins_act(right) or PROBLEM_START.match(right)
        if has_verb(left) and not is_member:
            return False  # two words of one sentence: "auprès des banques / assurances"
        if sign == "+" and _HALF_SUBJECT.search(left) and has_verb(right) and not begins_act(right):
            return False  # "la poste + banque qui était ouverte marchait bien": what is done by both
    return _has_words(text, found, 1 if is_list else 2)


def _cut_dashes(text: str, cuts: dict[int, int]) -> None:
    dashes = [found for found in _DASH.finditer(text) if "\n" not in found.group()]
    if 1 < len(dashes) < _DASHES_MAX and all(_has_words(text, found, 1) for found in dashes):
        for found in dashes:
            cuts.setdefault(found.end(), LINE)


def _cut_numbers(text: str, cuts: dict[int, int]) -> None:
    numbers = list(_NUMBERED.finditer(text))
    if len(numbers) > 1 and [int(found[1]) for found in numbers] == list(range(1, len(numbers) + 1)):
        for found in numbers:
            cuts.pop(found.end(), None)
            if found.start():
                cuts[found.start()] = LINE


def _has_words(text: str, sign: re.Match[str], least: int) -> bool:
    """Whether at least so many words stand on both sides of a sign, up to the next strong sign."""
    before, after = sign.span()
    left = _STRONG_SIGN.split(text[max(0, before - 120) : before])[-1]
    right = _STRONG_SIGN.split(text[after : after + 120])[0]
    return len(WORD.findall(left)) >= least and len(WORD.findall(right)) >= least
