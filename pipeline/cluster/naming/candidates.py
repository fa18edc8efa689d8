"""What people wrote → the pieces that may stand alone: cleaned of votes and fillers, cut before what only adds."""

from __future__ import annotations

import re

from pipeline.language.lexicon.firstnames import FIRST_NAMES
from pipeline.language.text.words import content_stems

LENGTH_MAX = 88
_WORDS_MAX = 16
SHOUTED = 0.6
"""Share of capitals from which a text is all in capitals."""

_NOISE = re.compile(
    r"^[\s\-–—•*·>#→+]+|[\U0001F000-\U0001FAFF☀-➿]|[:;]-?[)(DP](?=\s|$)|\(\s*\d+[^)]*\)|[–-]\s*\d+\s+(?:gommettes?"
    r"|voix|votes?|points?)\b.*$"
    r"|\[[^\]]*\]|(?<=\w)\s*\.\.\.+$|…$"
)
_FILLER = re.compile(
    r"^(?:(?:euh|heu|ben|bah|bon|alors|donc|et puis|et|mais|puis|(?:oui|non)(?! (?:à|au|aux)\b)|voilà"
    r"|en fait|du coup|enfin|moi|nous"
    r"|franchement"
    r"|aussi|surtout|ensuite|d'abord|après|attendez|oui alors|par exemple|ex|idem|bref|là|ah|oh|eh|par contre|et là"
    r"|parce que|car"
    r"|par ailleurs|d'ailleurs|en plus|de plus|sinon|depuis(?=,))(?:\s*[,:]\s*|\s+)(?=\S)"
    r"|(?:je (?:pense|trouve|crois|dirais|constate|vois|remarque) (?:que |qu')|il me semble (?:que |qu')"
    r"|à mon avis,? |pour moi,? |selon moi,? |pour (?:la |le |les |l'|un |une )(?!uns\b|unes\b|autres?\b)[^,«]{3,40}, "
    r"(?:au contraire, )?"
    r"|ce que je vois,? c'est (?:que |qu')|le problème,? c'est (?:que |qu')|le souci,? c'est (?:que |qu')|on (?:dit"
    r"|voit|constate|sait) (?:que |qu')"
    r"|c'est (?:vrai )?(?:que |qu')|il y a le fait (?:que |qu')"
    r"|il faut (?:avouer|dire|reconnaître|admettre) (?:que |qu')|le fait (?:que |qu')))",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^(?:quand|lorsqu[e']) ?[^«]{8,}?,? (?P<told>je (?!\S+$)(?:[^«](?!\bje ))*(?:«[^»]*»)?)$", re.IGNORECASE
)
"""« quand je conduis quelqu'un, je coupe la radio »: the gesture stands alone."""
_SAID_LAST = re.compile(
    r",? (?:il paraît|paraît-il|point(?: barre)?|quoi|voilà|franchement|c'est tout)[ .!]*$", re.IGNORECASE
)
_FALSE_START = re.compile(
    r"^.{3,60}?(?:\benfin,? (?=(?:on|je|il|elle|c'|ça|les?|la|l') ?\w)|, pardon,? (?=\w))", re.IGNORECASE
)
"""« on est, enfin on devient le guichet »: what was said again is said better."""
_SOMEONE_AT = re.compile(
    r"^(?P<who>[A-ZÀ-Þ]\w+),? (?P<at>à la|au|aux|à l')[ ]?(?P<where>\w+(?: (?:de |du |des )\S+)?)(?=,|$| )"
)
"""« Odile, à la médiathèque, … »: the place may be told, and not the person."""
_TELLS_OWN = re.compile(
    r"^(?:le |la |l'|une? )\S+ (?:dit|raconte|explique) qu'(?P<told>(?:il|elle) .+)$", re.IGNORECASE
)
_WISHED = re.compile(
    r", (?P<wish>(?:il (?:suffit|faut|faudrait)|on (?:pourrait|devrait)|je propose) .+)$", re.IGNORECASE
)
"""« on a les clés, il suffit d'une convention »: the proposal stands alone."""
_OFTEN = re.compile(
    r"(?:,? (?:une?|deux|trois|quatre|\d+) (?:jours?|fois|heures?|soirs?|matins?|après-midis?|mardis?|samedis?) par \w+"
    r"|,? chaque (?:mois|semaine|année|an))$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",\s*(?:aussi|du coup|enfin|quoi|voilà|euh|hein),\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?!»)|\s*[;\n•→]+\s*|\s+[–—]\s+")
_SLASH = re.compile(r"\s*/\s+")
SLASHED_MIN = 3
"""Words of each part from which a slash parts two ideas, rather than two words of one: « navette / eau / voirie »."""
_LABEL = re.compile(r"^(?P<label>[^:]{2,80}?)\s*:\s+(?P<rest>.+)$")
_TAIL = re.compile(
    r"\s+et (?:les? |la |l'|des |mes |nos )\S+(?: \S+)?, (?:ils?|elles?|ça|on|c')\b.*$"
    r"|,?\s+(?:parce que?|car(?= (?:il|elle|on|je|les|la|le|l'|c'|ils|nous|ça|cela|ce)\b)|puisque?|alors que?"
    r"|pour que?|afin|sinon|mais|donc|si bien que?|tandis que?|ce qui|c'est"
    r"|et (?:que?|qu'|je|on|il|elle|ils|elles|ça|puis|ben|bah)"
    r"|surtout|comme|histoire de|au lieu|plutôt que)\b.*$"
    r"|,\s+.*$",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    r"^(.{25,}(?<! fois)(?<! jours)(?<! jour))\s+(?:qui|où|dont|quand|lorsque?|avec|pour|sans|chez|depuis|dans|en|sur"
    r"|par|et)\s.*$",
    re.IGNORECASE,
)
_CUT_LIST = re.compile(r"\bentre (?!nous\b|\S+[sx]\b)(?:(?! et ).)+$")
"""« entre A », whose « et B » was cut off."""


def segments(text: str) -> list[str]:
    """The pieces of a text that may stand alone, cleaned of bullets, votes, fillers and final stops, in order."""
    found: list[str] = []
    flat = " ".join(text.replace("’", "'").split("\n" * 2))
    for part in (part for sentence in _SENTENCE.split(flat) for part in _slashed(sentence)):
        for piece in _unlabelled(_clean(part)):
            for variant in _variants(piece):
                if content_stems(variant) and variant not in found:
                    found.append(variant)
    return found


def _slashed(sentence: str) -> list[str]:
    parts = _SLASH.split(sentence)
    return parts if all(len(part.split()) >= SLASHED_MIN for part in parts) else [sentence]


def _clean(sentence: str) -> str:
    piece = " ".join(_NOISE.sub(" ", sentence).split())
    if piece.isupper() and len(piece) > 12:
        piece = piece.lower()
    previous = ""
    while piece != previous:
        previous = piece
        piece = _FILLER.sub("", piece).strip()
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


def _variants(piece: str) -> list[str]:
    """The piece, without its brackets, and cut before what only adds to it."""
    variants = [piece, *_WISHED.findall(piece)]
    placed = _SOMEONE_AT.match(piece)
    if placed is not None and placed["who"] in FIRST_NAMES:
        article = {"à la": "la ", "au": "le ", "à l'": "l'", "aux": "les "}[placed["at"].lower()]
        variants.append(f"{article}{placed['where']}")
    gesture = _TELLS_OWN.match(piece)
    if gesture is not None:
        variants.append(gesture["told"])
    told = _WHEN.match(piece)
    if told is not None:
        variants.append(told["told"])
    bare = re.sub(r"\s*\([^)]*\)", "", piece)
    if bare != piece:
        variants.append(bare)
    often = _OFTEN.sub("", bare)
    if len(bare) > LENGTH_MAX and often != bare:
        variants.append(often)
    shorter = bare
    for _ in range(4):
        pattern, by = (_TAIL, "") if _TAIL.search(shorter) else (_ADJUNCT, r"\1")
        if shorter.endswith("?") or (pattern is _ADJUNCT and len(shorter) <= LENGTH_MAX):
            break
        cut = pattern.sub(by, shorter).rstrip(" ,")
        if cut == shorter or len(cut) < 12:
            break
        shorter = cut
        variants.append(shorter)
    variants = [_bare(variant) for variant in variants]
    fitting = [
        variant for variant in variants if 8 <= len(variant) <= LENGTH_MAX and len(variant.split()) <= _WORDS_MAX
    ]
    whole = [variant for variant in fitting if variant == piece or not _CUT_LIST.search(variant)]
    return [variant for variant in whole if variant.count("«") == variant.count("»") and variant.count('"') % 2 == 0]


def _bare(variant: str) -> str:
    """Without the signs that a cut left at its end, and not in capitals."""
    bare = variant.rstrip(" >-–—,;:")
    letters = [letter for letter in bare if letter.isalpha()]
    is_shouted = len(bare) > 12 and sum(map(str.isupper, letters)) > SHOUTED * len(letters)
    return _ACRONYMS.sub(lambda match: match.group().upper(), bare.lower()) if is_shouted else bare


_ACRONYMS = re.compile(
    r"\b(?:isf|rsa|caf|tva|csg|apl|ehpad|aesh|atsem|msa|ccas|ars|pmi|hlm|sncf|ter|mjc|mdph|irpp|ssiad)\b"
)
