"""An obstacle turned into the question to work on: « Comment … ? », and a disagreement into « Faut-il … ? »."""

from __future__ import annotations

import re

from pipeline.cluster.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, QUESTION, Phrase
from pipeline.language.typography import decapitalized, with_a, with_que
from pipeline.language.verbs import gender_of

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), question)
    for pattern, question in (
        (r"^(?:le |un )?manque (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment remédier au manque {of}{x}"),
        (r"^(?:l')?absence (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment remédier à l'absence {of}{x}"),
        (
            r"^(?:des |les |la )?difficultés? (?P<of>à |pour |d'|de )(?P<x>.+)$",
            "Comment surmonter la difficulté {of}{x}",
        ),
        (r"^(?:la )?peur (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment dépasser la peur {of}{x}"),
        (r"^(?P<of>pas|plus|aucune?|peu|trop peu) (?P<x>.+)$", "Comment faire alors qu'il n'y a {of} {x}"),
        (r"^trop (?P<of>de |d')(?P<x>.+)$", "Comment faire alors qu'il y a trop {of}{x}"),
        (r"^(?P<of>rien|personne) (?P<x>(?:pour|à) .+)$", "Comment faire alors qu'il n'y a {of} {x}"),
        (r"^zéro (?P<x>.+)$", "Comment faire alors qu'il n'y a aucun signe de {x}"),
    )
)


def as_problem(phrase: Phrase) -> str | None:
    """« Comment … ? » for an obstacle, or None when no grammatical question is certain."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if text.lower().startswith("comment ") or (
        phrase.kind == QUESTION and re.match(r"^qui |^où |^quel|^que faire|^à qui ", text, re.IGNORECASE)
    ):
        return _close(text[0].upper() + text[1:])
    if phrase.kind in (QUESTION, FRAGMENT):
        return None
    for pattern, question in _RULES[: -1 if phrase.kind == LACK else 4]:
        match = pattern.match(text)
        if match is not None:
            if question.startswith("Comment faire alors qu'il n'y a") and ", " in text:
                text_cut = match["x"].split(", ")[0]
                return _close(question.format(of=match["of"] if "of" in match.groupdict() else "", x=text_cut))
            return _close(question.format(of=match["of"], x=match["x"]))
    if phrase.kind == CLAUSE:
        return _close(f"Comment faire alors {with_que(phrase.text)}")
    if phrase.kind == INFINITIVE:
        return _close(f"Comment faire pour {text}")
    determined = _determined(text) if phrase.kind == NOUN else None
    return None if determined is None else _close(f"Comment faire face {with_a(determined)}")


def as_debate(phrase: Phrase) -> str | None:
    """A disagreement as a question: « Faut-il … ? », or « … : pour ou contre ? »."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if phrase.kind == QUESTION:
        return _close(text[0].upper() + text[1:])
    if phrase.kind == INFINITIVE:
        return _close(f"Faut-il {text}")
    if phrase.kind == NOUN:
        return _close(f"{text[0].upper()}{text[1:]} : pour ou contre")
    return None


def _determined(text: str) -> str | None:
    """A noun phrase with its article: `horaires inadaptés` → `des horaires inadaptés`."""
    if re.match(
        r"^(?:le |la |les |l'|un |une |des |du |ce |cet |cette |ces |nos |notre |leurs? |\d+ |deux |trois |quatre "
        r"|cinq |six |sept |huit )",
        text,
        re.IGNORECASE,
    ):
        return text
    noun = re.split(r"[\s',]", text)[0]
    if noun.endswith(("s", "x")) and not noun.isupper():
        is_definite = re.match(r"^\S+ (?:des |du |de la |de l'|de nos |de notre )", text)
        return f"{'les' if is_definite else 'des'} {text}"
    article = {"Fem": "une", "Masc": "un"}.get(gender_of(noun) or "")
    return f"{article} {text}" if article else None


def _close(question: str) -> str:
    return f"{question.strip()} ?"
