"""How far a phrase is from what an author would sign as the title of a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.cluster.naming.as_question import FIRST_PERSON, PAST
from pipeline.language.lexicon.firstnames import AMBIGUOUS_NAMES, FIRST_NAMES
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, Phrase
from pipeline.language.text.typography import capitalized
from pipeline.language.text.words import fold
from pipeline.language.vocabulary.cues import OBSTACLE


@dataclass(frozen=True)
class GroupTexts:
    """What a title is made from.

    Attributes
    ----------
    axis : of the group; an empty text when items have no axis.
    texts : the items, most central first.
    spoken : whether each text is a transcription.
    is_disputed : whether the group holds both for and against.
    sure : whether the axis of each text is sure; empty when nobody read axes.
    has_voices : whether more than one person may have spoken.
    """

    axis: str
    texts: Sequence[str]
    spoken: Sequence[bool]
    is_disputed: bool
    sure: Sequence[bool] = ()
    has_voices: bool = True


_UNSIGNED: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(pattern, re.IGNORECASE))
    for weight, pattern in (
        (
            3.0,
            r"@|https?:|www\.|^(?:place|rue|avenue|route|chemin|impasse|allée|\d+ rue)"
            r" (?:de|du|des|d')\b|^\d{2}[ .]\d{2}",
        ),
        (
            3.0,
            r"\bcontactée?s?\b|pour la suite$|^je suis\b"
            r"|^être (?:un|une)\b|je prêche|cette enquête|m'appelle|un retour$",
        ),
        (
            3.0,
            r"^(?:il|elle|ils|elles|ça|cela|celui|celle|ceux|celles|lui|eux)\b(?! (?:y a|n'y a|faut|faudrait|manque|est"
            r" (?:difficile|impossible|interdit|urgent|temps)))",
        ),
        (
            3.0,
            r"\b(?:l'autre jour|hier|avant-hier|ce matin|ce soir|tout à l'heure|la semaine dernière|ce jour-là|demain"
            r"|un jour,|la dernière fois|cette fois)\b",
        ),
        (1.5, r" (?:apprend|dit|pense|demande|fait|met|prend|donne|voit|sait|veut|peut|permet|devient|semble)$"),
        (1.0, r"\b(?:à|de|pour) l[ea]s? \w+(?:er|ir|re)\b (?!de|du|des)"),
        (1.0, r"^(?:ce|cet|cette|ces) (?!\w+ (?:est|sont) )"),
        (0.5, r"\b(?:l'an dernier|l'année dernière|le mois dernier|cette année)\b"),
        (
            2.0,
            r"\b(?:en plénière|post-its?|chacun son tour|je reprends|la règle"
            r"|je coupe$|deux minutes|gommettes?)\b",
        ),
        (
            1.5,
            r"^(?:c'est (?!quoi)|j'aime|très bien|d'accord|ok\b|(?:merci|bravo) (?:pour|de|à|aux?) |ça\b"
            r"|voilà|on a un truc|\S+ on a un truc)",
        ),
        (1.0, r"^(?:les|des|nos|ces|\w+s) .*\bsont \w+(?:é|i|u)$"),
        (1.7, r"^(?:la |le |les |l')\S+,? (?:on|je|nous|il|elle|ils|elles|ça|c')\b|, encore (?:elle|lui|eux|elles)$"),
        (1.0, r"^(?:on s'inscrit|appeler le|s'adresser|contacter|se renseigner)\b|\bpar téléphone$"),
        (0.8, r"\b(?:celui|celle|ceux|celles) (?:de|du|des|d')\b|\bcomme d'habitude|\bce que (?:je|on)\b"),
        (1.5, r"\bentre (?!nous\b|eux\b|elles\b|\S+[sx]\b)(?:(?! et ).)+$|\bà la fois (?:(?! et ).)+$"),
        (0.4, r"«"),
        (2.5, r"\bpas de freins?\b"),
        (1.2, r"\b(?:aussi celles?|aussi ceux|celles?|ceux)$|^les \S+ (?:adorent|aiment|détestent)$"),
        (1.5, r"^(?:les|le|la|l') ?\S+ (?:adorent?|aiment?|détestent?|s'arrangent|viennent|arrivent|cherchent)$"),
        (
            0.7,
            r" et (?:on|je|il|elle|ils|elles|ça|cela|c'|personne|nous) ?\w"
            r"|^\w{4,}ment \w|^que (?:ce |ça )|^les gens\b",
        ),
        (1.0, r"(?:^|, )si (?!\S+ \S+$)|^en attendant\b|="),
    )
)
"""What no author would sign as a title, and how much it costs: addresses, people presenting themselves, the conduct
of the meeting, answers to someone, dislocations, practical details, words that point elsewhere, cut pairs."""
_AGAINST = re.compile(
    r"\bne (?:\S+ ){1,2}(?:pas|plus|jamais|qu[e'])|\bn'|\bne \S+ qu|^crainte|^si |\bsinon\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(r"^(?:l'|les? |la |lui |leur |y |en )\w+(?:er|ir|re|oir)\b", re.IGNORECASE)
_SAYS_I = re.compile(r"^\s*:.{0,80}?(?:\bje\b|\bj'|«)", re.IGNORECASE | re.DOTALL)


def faults(phrase: Phrase, group: GroupTexts, row: int) -> float:
    """How far a phrase is from what an author would sign as the title of its group; 0 when nothing is wrong."""
    text = phrase.text
    cost = sum(weight for weight, pattern in _UNSIGNED if pattern.search(text))
    cost += 1.0 * (phrase.kind == FRAGMENT) + 3.0 * names_someone(text)
    cost += 1.2 * (phrase.kind == INFINITIVE and _POINTS_BACK.match(text) is not None)
    if FIRST_PERSON.search(text):
        cost += 1.5 if group.has_voices else 0.7
    if group.sure and not group.sure[row]:
        cost += 0.25
    if _is_label(phrase, group, row):
        cost += 1.8
    if group.axis == NORD:
        cost += (
            0.8 * bool(re.match(r"^\d", text))
            + 1.5 * bool(OBSTACLE.search(text))
            + 0.3 * bool(OBSTACLE.search(group.texts[row]))
        )
    elif group.axis == EST:
        cost += 0.6 * ("«" in text) + 0.6 * (not OBSTACLE.search(text)) + 0.8 * bool(PAST.search(text))
    elif group.axis == SUD:
        cost += 1.5 * bool(_AGAINST.search(text)) + 0.6 * (phrase.kind == LACK) + 0.6 * (phrase.kind == CLAUSE)
    return cost


_NAME = re.compile(
    r"(?P<place>\b(?:rue|avenue|place|école|collège|lycée|salle|espace|stade|gymnase|centre|saint|sainte|quartier|maison"
    r"|résidence|hôpital|pont|fête)[ -](?:de |du |des |la |le |l'|d')*)?(?<![\w-])"
    r"(?P<name>[A-ZÀ-Þ][\wà-ÿ]+(?:-[A-ZÀ-Þ]\w+)?)",
    re.IGNORECASE,
)
_SURE_NAMES = FIRST_NAMES - AMBIGUOUS_NAMES
_TITLED = re.compile(r"\b(?:M\.|Mme|Mlle|Monsieur|Madame|Dr|Docteur) [A-ZÀ-Þ]")


def names_someone(text: str) -> bool:
    """Whether a phrase names a person: a first name that is no place's, or a name after « Mme »."""
    return _TITLED.search(text) is not None or any(
        match["place"] is None and match["name"] in _SURE_NAMES for match in _NAME.finditer(capitalized(text))
    )


def _is_label(phrase: Phrase, group: GroupTexts, row: int) -> bool:
    """Whether the phrase only announces what the text says: a trade, a heading, a subject taken up by « c'est »."""
    if phrase.kind not in (NOUN, INFINITIVE):
        return False
    rest = what_follows(phrase.text, group.texts[row])
    if group.axis == OUEST and not group.texts[row].rstrip().endswith("?"):
        return rest.lstrip().startswith((":", ",") if phrase.kind == NOUN else (":",))
    return _SAYS_I.match(rest) is not None


def what_follows(phrase: str, text: str) -> str:
    """What the text says after the phrase; an empty text when it does not hold the phrase as it is."""
    place = fold(text).find(fold(phrase))
    return fold(text)[place + len(fold(phrase)) :] if place >= 0 else ""
