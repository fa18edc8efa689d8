"""Contributions → ideas, as exact spans: rules over French surface cues, no model, the same for every profile.

Cuts are proposed from the coarsest sign to the finest (line breaks and bullets, sentence ends, semicolons and slashes,
clauses that carry a second act, long unpunctuated speech), never inside a quote, brackets, an address, a number or an
abbreviation; then pieces that cannot be read alone are joined to a neighbour.
"""

from __future__ import annotations

import bisect
import itertools
import re

from pipeline.ingest.clauses import act_cuts, begins_act, run_on_cuts
from pipeline.ingest.speech import ABBREVIATIONS, ANAPHORA, CONTINUATION, EDGE_FILLERS, FILLERS

Span = tuple[int, int]

_LINE, _SENTENCE, _CLAUSE = 0, 1, 2
_NEEDS_WORK = re.compile(
    r"[.!?…;\n\t+→⇒>&\U0001f300-\U0001faff\u2600-\u26ff•●▪■◦‣⁃➢➤→✓/]|\s[-–—*]\s|[,:]|\S+(?:\s+\S+){5}"
)
_PROTECTED = re.compile(
    r"«[^«»]{1,600}»|“[^“”]{1,600}”|\"[^\"\n]{1,400}\"|\([^()\n]{1,300}\)|\[[^\[\]\n]{1,60}\]|(?:https?://|"
    r"www\.)\S*[^\s.,;:!?)]|"
    r"[\w.+-]+@[\w-]+(?:\.\w+)+|\b[\w-]+\.(?:fr|com|org|net|eu|bzh|gouv|info|io)\b(?:/\S*)?|\d+(?:[.,:/]\d+)+"
)
_HAS_PROTECTED = re.compile(r"[«“\"(\[@]|https?:|www\.|\d[.,:/]\d|\.[a-z]{2}")
_OUTER_QUOTE = re.compile(r"^\s*(?:«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\")\s*[.!?…]*\s*$", re.DOTALL)
_END = re.compile(
    r"(?P<mark>[.!?…]+(?:[ \u00a0\u202f]*[!?]+)*)(?P<close>[ \u00a0\u202f]*[»”\")\]]+)?(?P<gap>\s+)(?=\S)"
)
_TIGHT_END = re.compile(r"(?<=[a-zà-ÿ]{2})[.!?…]+(?=[A-ZÀ-Þ][a-zà-ÿ'’]|[A-ZÀ-Þ] )")
_LAST_TOKEN = re.compile(r"[\w'’-]+(?:\.[\w-]+)*$")
_BREAK = re.compile(r"\s*\n\s*")
_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{3,}|\t+)(?=\S)")
_TRAIL = re.compile(r"(?:…|\.{2,})\s+(?=[^\W\d])")
_INLINE_BULLET = re.compile(r"(?:(?<=\s)|^)[•●○▪■◦‣⁃►➢➤✓✔☐☑]\s*(?=\S)")
_DASH = re.compile(r"(?<=\S)\s+[-–—*]\s+(?=\S)")
_SEMICOLON = re.compile(r"[ \u00a0\u202f]*;\s*(?=\S)|\s+/{1,2}\s+(?=\S)|\s+\+\s+(?=[^\W\d])|\s+(?:→|⇒|=>|->)\s+(?=\S)")
_LIST_SIGN = re.compile(
    r"[\U0001f300-\U0001faff\u2600-\u26ff\u2b50•●○▪■◦‣⁃►➢➤✓✔☐☑;/+→⇒\t>]|…|\.\.|\s[-–—*]|^[-–—*]|   |\d\s?[.)°-]"
)
_EMOJI = re.compile("(?<=\\S)\\s*[\U0001f300-\U0001faff\u2600-\u26ff\u2b50\ufe0f]+\\s*(?=\\w)")
_ARROWS = ("→", "⇒", "=>", "->")
_STRONG_SIGN = re.compile(r"[.!?;\n]|\s[/+]\s")
_NUMBERED = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})\s?[.)°/-]+\s+(?=[^\W\d])")
_BULLET_START = re.compile(r"(?:[-–—*•●○▪■◦‣⁃·►➢➤→✓✔☐☑+]+|\(?\d{1,2}\s?[.)°/-]+(?=\s)|[a-h]\s?[).]|[a-h]/)\s*(?=\S)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_TOKEN = re.compile(r"[^\W_]+")
_REAL_WORD = re.compile(r"[^\W\d_]{2,}")
_LABEL = re.compile(r"^[^.!?…]{1,60}:\s*$")
_CONTINUES = re.compile(CONTINUATION, re.IGNORECASE)
_ANAPHORIC = re.compile(rf"(?:{CONTINUATION}|{ANAPHORA})", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:l['’]|(?:le|la|les|un|une|des|du|pas|plus|trop|manque|mon|ma|mes|nos)\b)", re.IGNORECASE)
_CLOSING = re.compile(
    r"^\W*(?:cordialement|bien à vous|salutations|bonne (?:journée|soirée)|à bientôt)\W*$", re.IGNORECASE
)
_ANNOUNCES = re.compile(
    r"^\W*(?:il y a|y a|je vois|j['’]ai|on a) (?:deux|trois|quatre|plusieurs|2|3|4) (?:choses|idées|points|problèmes|"
    r"questions|sujets)\b[^,]{0,25}[.:]?\s*$",
    re.IGNORECASE,
)
_EDGE = re.compile(r"^[\s,;:.!?…»”)\]–—*•●○▪■◦‣⁃·►➢➤→✓✔☐☑/+-]+")
_TAIL = re.compile(r"[\s,;:«“(\[–—•/+>=-]+$")
_FILLER_ALTERNATIVES = "|".join(sorted(map(re.escape, FILLERS), key=len, reverse=True))
_EDGE_ALTERNATIVES = "|".join(sorted(map(re.escape, EDGE_FILLERS), key=len, reverse=True))
_ONLY_FILLERS = re.compile(rf"^[\W_]*(?:(?:{_FILLER_ALTERNATIVES})(?![\w'’-])[\W_]*)*$", re.IGNORECASE)
_LEADING_FILLERS = re.compile(rf"^(?:(?:{_EDGE_ALTERNATIVES})(?![\w'’-])[\s,.…;–—-]*)+", re.IGNORECASE)
_TRAILING_FILLERS = re.compile(rf"(?:[\s,…–—-]+(?:{_EDGE_ALTERNATIVES}|quoi))+(?=[\s.!?…]*$)", re.IGNORECASE)
_LINKING_WORDS = re.compile(
    r"^(?:(?:et|puis|donc|alors|du coup|et puis|et donc|et du coup|et alors)\b[\s,]+)+(?=\S)", re.IGNORECASE
)
_NEVER_BEFORE_NAME = ABBREVIATIONS - {
    "etc",
    "min",
    "max",
    "h",
    "sec",
    "no",
    "p",
    "pers",
    "al",
    "mn",
    "hab",
    "prof",
    "n",
    "s",
    "ass",
}
_INTERJECTION = re.compile(r"^\W*(?:oui|non|bof|bravo|super|top|merci|si|ok)\W*$", re.IGNORECASE)


def segment(text: str, is_speech: bool = False) -> list[Span]:
    """The ideas of one contribution.

    Parameters
    ----------
    is_speech : a transcript: fillers at the edges are left uncovered, run-on turns are cut at discourse markers.

    Returns
    -------
    Spans in order, without overlap; at least one when the text holds a word, but for a turn of fillers ("Mmh mmh.").
    What they leave out is white space,
    punctuation and the fillers of `pipeline.ingest.speech.FILLERS`.
    """
    if is_speech and _ONLY_FILLERS.match(text):
        return []  # "D'accord.", "Mmh mmh.": somebody listens
    if not _NEEDS_WORK.search(text):
        return _whole(text, is_speech)
    inner = _OUTER_QUOTE.match(text)
    guard = [] if inner or not _HAS_PROTECTED.search(text) else [match.span() for match in _PROTECTED.finditer(text)]
    cuts: dict[int, int] = {}
    _cut_lines(text, cuts)
    _cut_sentences(text, cuts)
    _cut_lists(text, cuts)
    cuts = {at: kind for at, kind in cuts.items() if _is_free(at, guard)}
    for start, end in _bounds(sorted(cuts), len(text)):
        for at in act_cuts(text, start, end, is_speech):
            if _is_free(at, guard):
                cuts.setdefault(at, _CLAUSE)
    if is_speech:
        for start, end in _bounds(sorted(cuts), len(text)):
            for at in run_on_cuts(text, start, end):
                if _is_free(at, guard):
                    cuts.setdefault(at, _CLAUSE)
    return _join(text, cuts, is_speech) or _whole(text, is_speech)


def _whole(text: str, is_speech: bool) -> list[Span]:
    if not _REAL_WORD.search(text):
        return []
    start, end = _trim(text, 0, len(text), is_speech)
    return [(start, end)] if start < end else []


def _bounds(cuts: list[int], length: int) -> list[Span]:
    edges = [0, *cuts, length]
    return [(start, end) for start, end in itertools.pairwise(edges) if start < end]


def _is_free(at: int, guard: list[Span]) -> bool:
    place = bisect.bisect_left(guard, (at, 0)) - 1
    return place < 0 or not guard[place][0] < at < guard[place][1]


# coarse cuts ---------------------------------------------------------------------------------------------------


def _cut_lines(text: str, cuts: dict[int, int]) -> None:
    lines = [len(line) for line in text.split("\n")[:-1] if line.strip()]
    is_wrapped = bool(lines) and min(lines) > 45
    for found in _BREAK.finditer(text):
        after = found.end()
        if found.start() == 0 or after >= len(text):
            continue
        last = text[found.start() - 1]
        is_bullet = bool(_BULLET_START.match(text, after))
        is_blank_line = text.count("\n", found.start(), found.end()) > 1
        goes_on = text[after].islower() and last not in ".!?…:;" and not is_bullet and not is_blank_line
        if not (goes_on and (is_wrapped or last == ",")):  # else a line that its editor cut
            cuts[after] = _LINE


def _cut_sentences(text: str, cuts: dict[int, int]) -> None:
    for found in _END.finditer(text):
        if _ends_sentence(text, found):
            cuts.setdefault(found.end(), _SENTENCE)
    for found in _TIGHT_END.finditer(text):
        cuts.setdefault(found.end(), _SENTENCE)


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    mark, following = found["mark"], text[found.end()]
    if following in ")]»”,;:.!?…":
        return False
    if "!" in mark or "?" in mark:
        return not (following.islower() and bool(found["close"]))
    if "…" in mark or len(mark) > 1:
        return not following.islower() or len(mark) > 3
    token_match = _LAST_TOKEN.search(text, max(0, found.start() - 30), found.start())
    token = token_match.group() if token_match else ""
    if token.isdigit() and (token_match is not None) and _is_list_number(text, token_match.start()):
        return False
    key = re.split(r"['’]", token.lower())[-1]
    if key in _NEVER_BEFORE_NAME or (
        len(token) == 1 and token.isupper() and (following.isupper() or following.isdigit())
    ):
        return False
    return not (
        following.islower() and (key in ABBREVIATIONS or (key.isdigit() and len(key) < 3) or bool(found["close"]))
    )


def _is_list_number(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t(")
    return not before or before[-1] in "\n.;:!?"


def _cut_lists(text: str, cuts: dict[int, int]) -> None:
    if not _LIST_SIGN.search(text):
        return
    for found in _INLINE_BULLET.finditer(text):
        if found.start():
            cuts[found.start()] = _LINE
    for found in _EMOJI.finditer(text):
        if _has_words(text, found.end(), found.start(), 2):
            cuts[found.end()] = _SENTENCE
    for found in _GAP.finditer(text):
        if _has_words(text, found.end(), found.start(), 2):
            cuts[found.end()] = _LINE
    trails = list(_TRAIL.finditer(text))
    if len(trails) > 1 and all(_has_words(text, found.end(), found.start(), 2) for found in trails):
        for found in trails:
            cuts.setdefault(found.end(), _SENTENCE)
    for found in _SEMICOLON.finditer(text):
        if found.group().strip() in _ARROWS and not begins_act(text[found.end() : found.end() + 60]):
            continue  # what follows from it, not what to do about it
        is_list = found.group().strip() in ("/", "//") and text.count(" / ") > 1
        if _has_words(text, found.end(), found.start(), 1 if is_list else 2):
            cuts.setdefault(found.end(), _SENTENCE)
    dashes = [found for found in _DASH.finditer(text) if "\n" not in found.group()]
    is_list = bool(re.match(r"\s*[-–—*]\s", text)) or len(dashes) > 1
    if dashes and is_list and len(dashes) < 40 and all(_has_words(text, f.end(), f.start(), 1) for f in dashes):
        for found in dashes:
            cuts.setdefault(found.end(), _LINE)
    numbers = list(_NUMBERED.finditer(text))
    if len(numbers) > 1 and [int(found[1]) for found in numbers] == list(range(1, len(numbers) + 1)):
        for found in numbers:
            if found.start():
                cuts[found.start()] = _LINE


def _has_words(text: str, after: int, before: int, least: int) -> bool:
    """Whether at least so many words stand on both sides of a sign, up to the next strong sign."""
    left = _STRONG_SIGN.split(text[max(0, before - 120) : before])[-1]
    right = _STRONG_SIGN.split(text[after : after + 120])[0]
    return len(_WORD.findall(left)) >= least and len(_WORD.findall(right)) >= least


# pieces to items -----------------------------------------------------------------------------------------------


def _join(text: str, cuts: dict[int, int], is_speech: bool) -> list[Span]:
    spans: list[Span] = []
    pending: int | None = None  # start of a label or a stub that waits for what follows
    for start, end in _bounds(sorted(cuts), len(text)):
        piece = text[start:end]
        kind = cuts.get(start, _LINE)
        if not _REAL_WORD.search(piece):
            if spans and any(c.isalnum() for c in piece) and pending is None:
                spans[-1] = (spans[-1][0], end)
            elif any(c.isalnum() for c in piece):
                pending = start if pending is None else pending
            continue
        if _ONLY_FILLERS.match(piece) and (is_speech or kind != _LINE):
            continue
        is_bullet = kind == _LINE and bool(_BULLET_START.match(piece.lstrip()))
        n_words = len(_TOKEN.findall(piece))
        if kind == _LINE and not is_bullet and _is_heading(text, start, end, cuts):
            continue
        if _LABEL.match(piece) and n_words <= 5 and end < len(text):
            pending = start if pending is None else pending
            continue
        is_stub = not is_bullet and (n_words < 2 or (n_words < 3 and is_speech) or bool(_INTERJECTION.match(piece)))
        asks_on = (
            piece.rstrip().endswith("?") and n_words <= 5 and bool(spans) and text[start - 2 : start].strip() == "?"
        )
        if (
            pending is None
            and kind == _SENTENCE
            and (asks_on or (n_words <= 2 and text[start - 2 : start].strip() == ";"))
        ):
            spans[-1] = (spans[-1][0], end)
            continue
        is_stub = is_stub and not _CLOSING.match(piece)
        if _ANNOUNCES.match(piece) and end < len(text):
            pending = start if pending is None else pending
            continue
        is_tail = (
            not is_bullet
            and bool((_ANAPHORIC if kind == _SENTENCE else _CONTINUES).match(piece.lstrip()))
            and kind != _CLAUSE
        )
        if pending is None and spans and ((is_stub and kind != _LINE) or is_tail):
            spans[-1] = (spans[-1][0], end)
            continue
        if is_stub and pending is None and end < len(text) and kind != _LINE:
            pending = start
            continue
        if is_stub and pending is None and not spans and cuts.get(end) == _SENTENCE and n_words < 2:
            pending = start
            continue
        spans.append((start if pending is None else pending, end))
        pending = None
    if pending is not None:
        spans = [*spans[:-1], (spans[-1][0], len(text))] if spans else [(pending, len(text))]
    trimmed = [_trim(text, start, end, is_speech) for start, end in spans]
    return [(start, end) for start, end in trimmed if start < end and _REAL_WORD.search(text, start, end)]


def _is_heading(text: str, start: int, end: int, cuts: dict[int, int]) -> bool:
    """A short line over others (`Propositions :`, `Constats`): it is context, no idea of its own."""
    line = text[start:end].strip()
    if cuts.get(end) != _LINE or "\n" not in text[start + len(line) : end] or len(_WORD.findall(line)) > 4:
        return False
    if line[-1] == ":":
        return True
    return (
        line[-1].isalpha()
        and line[0].isupper()
        and not _ARTICLE.match(line)
        and (bool(_BULLET_START.match(text, end)) or (start == 0 and text.count("\n", end) > 1))
    )


def _trim(text: str, start: int, end: int, is_speech: bool) -> Span:
    """Edges without white space, list marks, stray punctuation and (in speech) fillers; quotes stay paired."""
    piece = text[start:end]
    bullet = _BULLET_START.match(piece.lstrip())
    if (bullet and _REAL_WORD.search(piece.lstrip(), bullet.end()) and not re.match(r"[-+]\d|\d", piece.lstrip())) or (
        bullet and re.match(r"\(?\d{1,2}\s?[.)°/-]+\s", piece.lstrip())
    ):
        start += len(piece) - len(piece.lstrip()) + bullet.end()
    start += _length(_EDGE.match(text[start:end]))
    start += _kept_if_word_left(_LINKING_WORDS.match(text[start:end]), text[start:end]) if start else 0
    if is_speech:
        start += _kept_if_word_left(_LEADING_FILLERS.match(text[start:end]), text[start:end])
    tail = text[start:end]
    end -= _length(_TAIL.search(tail))
    if is_speech:
        trailing = _TRAILING_FILLERS.search(text[start:end])
        if trailing and _REAL_WORD.search(text, start, start + trailing.start()):
            end = start + trailing.start()
    return _balanced(text, start, end)


def _length(found: re.Match[str] | None) -> int:
    return len(found.group()) if found else 0


def _kept_if_word_left(found: re.Match[str] | None, piece: str) -> int:
    """How much may be cut off in front: nothing when no word would be left."""
    return len(found.group()) if found and _REAL_WORD.search(piece, found.end()) else 0


def _balanced(text: str, start: int, end: int) -> Span:
    for opening, closing in (("«", "»"), ("(", ")"), ("“", "”"), ("[", "]")):
        piece = text[start:end]
        if piece.count(opening) < piece.count(closing) and opening in text[max(0, start - 2) : start]:
            start = text.rindex(opening, max(0, start - 2), start)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
