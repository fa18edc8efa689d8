"""What people wrote → the pieces that may stand alone: cleaned of votes and fillers, cut before what only adds."""

from __future__ import annotations

import re

from pipeline.language.lexicon.nouns import first_names
from pipeline.language.text.lists import read_patterns, read_words
from pipeline.language.text.words import content_stems

LENGTH_MIN, _WORDS_MAX = 8, 16
"""Characters and words of a piece that may be a title: it stands on one line of a page."""
CUT_MIN, N_CUTS = 12, 4
"""Characters that a cut must leave to say something, and cuts at most."""
SHOUTED = 0.6
"""Share of capitals from which a text is all in capitals."""

_NOISE = re.compile(
    r"^[\s\-–—•*·>#→+]+|[\U0001F000-\U0001FAFF☀-➿]|[:;]-?[)(DP](?=\s|$)|\(\s*\d+[^)]*\)|[–-]\s*\d+\s+(?:gommettes?"
    r"|voix|votes?|points?)\b.*$"
    r"|\[[^\]]*\]|(?<=\w)\s*\.\.\.+$|…$"
)
_PATTERNS = read_patterns(__name__, "pieces")
_WHEN = re.compile(
    r"^(?:quand|lorsqu[e']) ?[^«]{8,}?,? (?P<told>je (?!\S+$)(?:[^«](?!\bje ))*(?:«[^»]*»)?)$", re.IGNORECASE
)
"""« quand un enfant pleure, je m'assois à côté »: the gesture stands alone."""
_SAID_LAST = re.compile(r",? (?:il paraît|paraît-il|point|quoi|voilà|franchement|c'est tout)[ .!]*$", re.IGNORECASE)
_FALSE_START = re.compile(r"^.{3,60}?\benfin,? (?=(?:on|je|il|elle|c'|ça|les?|la|l') ?\w)", re.IGNORECASE)
"""« on ferme, enfin on ouvre moins »: what was said again is said better."""
_SOMEONE_AT = re.compile(
    r"^(?P<who>[A-ZÀ-Þ]\w+),? (?P<at>à la|au|aux|à l')[ ]?(?P<where>\w+(?: (?:de |du |des )\S+)?)(?=,|$| )"
)
"""« Solange, au marché couvert, … »: the place may be told, and not the person."""
_ARTICLES = {"à la": "la ", "au": "le ", "à l'": "l'", "aux": "les "}
_WISHED = re.compile(
    r", (?P<wish>(?:il (?:suffit|faut|faudrait)|on (?:pourrait|devrait)|je propose) .+)$", re.IGNORECASE
)
"""« la cour est vide, il faudrait un préau »: the proposal stands alone."""
_TIMES = "|".join(sorted(read_words(__name__, "times")))
_OFTEN = re.compile(
    rf",? (?:(?:une?|deux|trois|quatre|\d+) (?:{_TIMES})s? par \w+|chaque (?:{_TIMES}))$", re.IGNORECASE
)
_ASIDE = re.compile(r",\s*(?:aussi|du coup|enfin|quoi|voilà|euh|hein),\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?!»)|\s*[;\n•→]+\s*|\s+[–—]\s+")
_SLASH = re.compile(r"\s*/\s+")
SLASHED_MIN = 3
"""Words of each part from which a slash parts two ideas, rather than two words of one: « navette / eau / voirie »."""
_LABEL = re.compile(r"^(?P<label>[^:]{2,80}?)\s*:\s+(?P<rest>.+)$")
_CUT_LIST = re.compile(r"\bentre (?!nous\b|\S+[sx]\b)(?:(?! et ).)+$")
"""« entre A », whose « et B » was cut off."""


def segments(text: str, length_max: int) -> list[str]:
    """The pieces of a text that may stand alone, cleaned of bullets, votes, fillers and final stops, in order."""
    found: list[str] = []
    flat = " ".join(text.replace("’", "'").split("\n" * 2))
    for sentence in _SENTENCE.split(flat):
        parts = _SLASH.split(sentence)
        for part in parts if all(len(part.split()) >= SLASHED_MIN for part in parts) else [sentence]:
            for piece in _unlabelled(_clean(part)):
                for variant in _variants(piece, length_max):
                    if content_stems(variant) and variant not in found:
                        found.append(variant)
    return found


def _clean(sentence: str) -> str:
    piece = " ".join(_NOISE.sub(" ", sentence).split())
    if piece.isupper() and len(piece) > 12:
        piece = _lowered(piece)
    previous = ""
    while piece != previous:
        previous = piece
        piece = _PATTERNS["opinion"].sub("", _PATTERNS["filler"].sub("", piece)).strip()
    piece = _SAID_LAST.sub("", piece)
    piece = _FALSE_START.sub("", _ASIDE.sub(" ", piece))
    is_question, asks = piece.endswith("?"), re.search(r"[?]\s?»\W{0,4}$", piece) is not None
    piece = piece.strip(' .,;:!?…"“”«»-–—>')
    if piece.count("«") == piece.count("»") + 1:
        piece += " ? »" if asks else " »"
    if piece.count("(") != piece.count(")"):
        piece = re.sub(r"\s*\([^)]*$|\)", "", piece)
    return f"{piece} ?" if is_question and piece else piece


def _unlabelled(piece: str) -> list[str]:
    match = _LABEL.match(piece)
    if match is None:
        return [piece]
    label, rest = match["label"].strip(), match["rest"].strip()
    return [label, rest] if len(label.split()) > 1 else [rest]


def _variants(piece: str, length_max: int) -> list[str]:
    """The piece, without its brackets, and cut before what only adds to it."""
    told, placed = _WHEN.match(piece), _SOMEONE_AT.match(piece)
    if placed is not None and placed["who"] not in first_names():
        placed = None
    bare = re.sub(r"\s*\([^)]*\)", "", piece)
    often = _OFTEN.sub("", bare)
    variants = [
        piece,
        *_WISHED.findall(piece),
        *([f"{_ARTICLES[placed['at'].lower()]}{placed['where']}"] if placed is not None else ()),
        *([told["told"]] if told is not None else ()),
        *([bare] if bare != piece else ()),
        *([often] if len(bare) > length_max and often != bare else ()),
        *_shortened(bare, length_max),
    ]
    fitting = [
        variant
        for variant in map(_bare, variants)
        if LENGTH_MIN <= len(variant) <= length_max and len(variant.split()) <= _WORDS_MAX
    ]
    whole = [variant for variant in fitting if variant == piece or not _CUT_LIST.search(variant)]
    return [variant for variant in whole if variant.count("«") == variant.count("»") and variant.count('"') % 2 == 0]


def _shortened(piece: str, length_max: int) -> list[str]:
    """The piece cut before its last clause, then again, as long as enough of it is left."""
    found: list[str] = []
    shorter = piece
    for _ in range(N_CUTS):
        is_long = len(shorter) > length_max
        name, by = ("tail", "") if _PATTERNS["tail"].search(shorter) else ("adjunct", r"\1")
        if shorter.endswith("?") or (name == "adjunct" and not is_long):
            break
        cut = _PATTERNS[name].sub(by, shorter).rstrip(" ,")
        if cut == shorter or len(cut) < CUT_MIN:
            break
        shorter = cut
        found.append(shorter)
    return found


def _bare(variant: str) -> str:
    """Without the signs that a cut left at its end, and not in capitals."""
    bare = variant.rstrip(" >-–—,;:")
    letters = [letter for letter in bare if letter.isalpha()]
    is_shouted = len(bare) > 12 and sum(map(str.isupper, letters)) > SHOUTED * len(letters)
    return _lowered(bare) if is_shouted else bare


_ACRONYMS = re.compile(rf"\b(?:{'|'.join(sorted(read_words(__name__, 'acronyms')))})\b")


def _lowered(text: str) -> str:
    """A text that was in capitals, the acronyms that are known left as they are."""
    return _ACRONYMS.sub(lambda match: match.group().upper(), text.lower())
