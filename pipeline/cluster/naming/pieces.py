"""What people wrote → the pieces that may stand alone: cleaned of votes and fillers, cut before what only adds."""

import re

from pipeline.language.text.lists import read_patterns, read_words
from pipeline.language.text.words import content_stems

LENGTH_MIN, WORDS_MAX = 8, 16
"""Characters and words of a piece that may be a title: it stands on one line of a page."""
CUT_MIN, N_CUTS = 12, 4
"""Characters that a cut must leave to say something, and cuts at most."""
SHOUTED, SHOUTED_MIN = 0.6, 12
"""Share of capitals from which a text of so many characters is all in capitals."""

_NOISE = re.compile(
    r"^[\s\-–—•*·>#→+]+|[\U0001F000-\U0001FAFF☀-➿]|[:;]-?[)(DP](?=\s|$)|\(\s*\d+[^)]*\)|[–-]\s*\d+\s+(?:gommettes?"
    r"|voix|votes?|points?)\b.*$"
    r"|\[[^\]]*\]|(?<=\w)\s*\.\.\.+$|…$"
)
_PATTERNS = read_patterns(__name__, "pieces")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?!»)|\s*[;\n•→]+\s*|\s+[–—]\s+|\s+(?:euh|heu|hein|ben|bah)\b,?\s+")
"""Where a sentence ends, or who speaks hesitates."""
_AGAIN = re.compile(rf"\b({'|'.join(sorted(read_words(__name__, 'said_twice')))})(?: \1\b)+|\S+-(?=\s)", re.IGNORECASE)
"""Small words said twice in a row, and words broken off."""
_LABEL = re.compile(r"^(?P<label>[^:]{2,80}?)\s*:\s+(?P<rest>.+)$")
_ACRONYMS = re.compile(rf"\b(?:{'|'.join(sorted(read_words(__name__, 'acronyms')))})\b")


def pieces(text: str, length_max: int) -> list[str]:
    """The pieces of a text that may stand alone, cleaned of bullets, votes, fillers and final stops, in order."""
    found: dict[str, None] = {}
    for sentence in _SENTENCE.split(text.replace("’", "'")):
        for piece in _unlabelled(_clean(sentence)):
            bare = re.sub(r"\s*\([^)]*\)", "", piece)
            for one in (piece, bare, *_shortened(bare, length_max)):
                variant = _lowered(one.rstrip(" >-–—,;:"))
                is_closed = variant.count("«") == variant.count("»") and variant.count('"') % 2 == 0
                fits = LENGTH_MIN <= len(variant) <= length_max and len(variant.split()) <= WORDS_MAX
                if fits and is_closed and content_stems(variant):
                    found.setdefault(variant)
    return list(found)


def _clean(sentence: str) -> str:
    piece, previous = " ".join(_AGAIN.sub(r"\1", _NOISE.sub(" ", sentence)).split()), ""
    while piece != previous:
        previous = piece
        piece = _PATTERNS["opinion"].sub("", _PATTERNS["filler"].sub("", piece)).strip()
    is_question = piece.endswith("?")
    piece = piece.strip(' .,;:!?…"“”«»-–—>' if "«" not in piece else " .,;:…-–—>")
    if piece.count("(") != piece.count(")"):
        piece = re.sub(r"\s*\([^)]*$|\)", "", piece)
    return f"{piece.rstrip(' ?')} ?" if is_question and piece else piece


def _unlabelled(piece: str) -> list[str]:
    match = _LABEL.match(piece)
    if match is None:
        return [piece]
    label, rest = match["label"].strip(), match["rest"].strip()
    is_speaker = re.match(r"(?:je |j'|moi\b|«)", rest, re.IGNORECASE) is not None
    return [rest] if is_speaker or len(label.split()) < 2 else [label, rest]


def _shortened(piece: str, length_max: int) -> list[str]:
    """The piece cut before its last clause, then again, as long as enough of it is left."""
    found: list[str] = []
    shorter = piece
    for _ in range(N_CUTS):
        name, by = ("tail", "") if _PATTERNS["tail"].search(shorter) else ("adjunct", r"\1")
        if shorter.endswith("?") or (name == "adjunct" and len(shorter) <= length_max):
            break
        cut = _PATTERNS[name].sub(by, shorter).rstrip(" ,")
        if cut == shorter or len(cut) < CUT_MIN:
            break
        shorter = cut
        found.append(shorter)
    return found


def _lowered(text: str) -> str:
    """A text that was in capitals in small letters, the acronyms that are known left as they are."""
    letters = [letter for letter in text if letter.isalpha()]
    is_shouted = len(text) > SHOUTED_MIN and sum(map(str.isupper, letters)) > SHOUTED * len(letters)
    return _ACRONYMS.sub(lambda match: match.group().upper(), text.lower()) if is_shouted else text
