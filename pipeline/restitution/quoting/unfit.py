"""What makes words unfit to stand alone: personal data, words that point back, the conduct of a meeting."""

from __future__ import annotations

import re

TYPED_MARK = re.compile(r"\[[^\]\s]{2,}\]|<[^>]+>")
"""What stands for personal data; the contact of a service is no personal data, and is kept where resources are told."""
MARK = re.compile(r"\[[^\]\s]{2,}\]|<[^>]+>|https?://|www\.|\S@\S|\d(?:[ .]?\d){8,}")
SPOKEN = re.compile(r"\b(?:euh|hein|bah|ben|enfin)\b", re.I)
STUTTER = re.compile(r"\b(\w+(?: \w+){0,2}),? \1\b", re.I)
VAGUE = re.compile(
    r"^(?:ça|cela|idem|pareil|elles?|ils|celui|celle|ceux|ce qu|lui|eux|en|y|"
    r"il (?!(?:faut|faudrait|manque|reste|y|n['’]y|est|s['’]agit|suffi\w+|vaut|vaudrait)\b)|"
    r"(?:personne ne|on(?: ne)?) l(?:['’]a|es ont)|c['’]est (?:ça|vrai|moi|beau|bien)|avec ça|du coup|donc|alors|là|"
    r"mais|parce que|puisque|depuis,|sinon|encore (?:elle|lui))(?!\w)",
    re.I,
)
"""Words that point to something said before: alone between « », nobody knows what they speak of."""
_ANSWERS = re.compile(r",? (?:au contraire|en revanche|par contre)\b|\b(?:celle|celui|ceux|celles)-(?:ci|là)\b", re.I)
_HANGS = re.compile(r"(?:avec|dont|qui|par (?!exemple))\b(?!.*(?:,|\b(?:on|nous|je|j|il|elle|ils|elles|ça|c)\b))", re.I)
"""What only goes on from a sentence: `avec une convention et une personne référente`."""
_BARE_MEANS = re.compile(
    r"(?:signer|passer|faire|avoir|trouver|créer|mettre en place|organiser) (?:une?|des|la|le|l['’]|les) ?"
    r"(?:convention|accord|réunion|outil|moyen|solution|projet|temps|chose|truc|cadre|dispositif)s?$",
    re.I,
)
"""Means without what they are for: `signer une convention`."""
_NO_ACT = re.compile(
    r"^(?:faire en sorte (?:qu['’](?:elles?|ils?)|que (?:ce(?:la)?|ça))|"
    r"(?:estimer|penser|croire|considérer) qu)(?:\b|e\b|['’])"
    r"|\bpourquoi pas$",
    re.I,
)
"""What proposes nothing by itself: someone unnamed, an opinion, a shrug."""
PROCEDURE = re.compile(
    r"\b(?:je (?:vous |te )?coupe(?! (?:la|le|les|mon|ma|l['’]))|en plénière|"
    r"il (?:nous )?reste (?:deux|trois|cinq|dix) minutes|chacun son tour|tour de table|"
    r"je rappelle (?:juste )?la règle|qui l['’]a écrit|je reprends|on enregistre|faire connaître\s*\?|très bien)",
    re.I,
)
"""The words of someone who leads the exchange: they are no one's view."""


def speaks(text: str) -> bool:
    """Whether a text is said by the one who leads the exchange."""
    return PROCEDURE.search(text) is not None


def points_back(text: str) -> bool:
    """Whether a text opens on what only the words before explain, answers them, or names means with no end."""
    unfit = (
        VAGUE.match(text),
        _ANSWERS.search(text),
        _HANGS.match(text),
        _BARE_MEANS.match(text),
        _NO_ACT.search(text),
    )
    return any(unfit)


def holds_marks(text: str) -> bool:
    """Whether a text still shows a mark that stands for personal data."""
    return TYPED_MARK.search(text) is not None


def holds_personal_data(text: str) -> bool:
    """Whether a text still shows an automatic mark, an address or a long number."""
    return MARK.search(text) is not None
