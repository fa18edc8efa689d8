"""What is shut, broken, barred or about to end, and the question of how to have it again."""

from __future__ import annotations

import re

from pipeline.language.syntax.clauses import Clause
from pipeline.language.text.lists import read_patterns
from pipeline.language.text.typography import with_a, with_de

_WHEN = read_patterns(__name__, "question")
_SHUT = re.compile(r"^(?:fermée?s?)(?: (?P<when>.*))?$")


def of_closing(clause: Clause) -> str | None:
    """« le local est fermé » → « Comment rouvrir le local »; None for a clause that tells nothing of the kind."""
    rules = (_of_shut, _of_broken, _of_hours, _of_ending, _of_leaving, _of_price)
    return next((question for rule in rules if (question := rule(clause)) is not None), None)


def _of_shut(clause: Clause) -> str | None:
    """What is shut, all the time or some of it."""
    shut = _SHUT.match(clause.rest) if clause.verb.infinitive in ("être", "rester") else None
    if shut is None:
        return None
    when = shut["when"] or ""
    is_at_times = _WHEN["open_when"].match(when) is not None
    return f"Comment ouvrir {clause.who} {when}" if is_at_times else f"Comment rouvrir {clause.who}"


def _of_broken(clause: Clause) -> str | None:
    """What is out of order, or barred to some."""
    if clause.verb.infinitive != "être":
        return None
    if re.match(r"^(?:en panne|cassée?s?|hors service|abîmée?s?)\b", clause.rest):
        return f"Comment faire réparer {clause.who}"
    barred = re.match(r"^interdite?s? (?P<x>(?:aux? |à )(?!nouveau).+)$", clause.rest)
    return f"Comment ouvrir {clause.who} {barred['x']}" if barred else None


def _of_hours(clause: Clause) -> str | None:
    """The last departure, and closing time."""
    infinitive = clause.verb.infinitive
    if not re.match(r"^à \d", clause.rest):
        return None
    if re.match(r"^(?:la |le )derni", clause.who, re.IGNORECASE) and infinitive in ("partir", "passer"):
        return f"Comment faire {infinitive} plus tard {clause.who}"
    if infinitive == "fermer" and "," not in clause.rest and "km" not in clause.rest:
        return f"Comment ouvrir {clause.who} plus longtemps"
    return None


def _of_ending(clause: Clause) -> str | None:
    """What stops, at a time or at a place."""
    if clause.clitics != "s'" or clause.verb.infinitive != "arrêter":
        return None
    if not clause.rest or _WHEN["ends_when"].match(clause.rest):
        return f"Comment garder {clause.who}"
    further = re.match(r"^avant (?P<x>(?:la|le|l')[^\d]*)$", clause.rest)
    return f"Comment prolonger {clause.who} jusqu'{with_a(further['x'])}" if further else None


def _of_leaving(clause: Clause) -> str | None:
    """Who retires, and what disappears."""
    infinitive = clause.verb.infinitive
    if infinitive == "partir" and clause.rest.startswith("à la retraite"):
        return f"Comment remplacer {clause.who}"
    leaves = infinitive == "aller" and re.match(r"^(?:fermer|disparaître|s'arrêter)\b", clause.rest)
    return f"Comment garder {clause.who}" if leaves or (infinitive == "disparaître" and not clause.negation) else None


def _of_price(clause: Clause) -> str | None:
    """What costs too much."""
    is_dear = clause.verb.infinitive == "coûter" and re.match(r"^(?:trop |très |vraiment )?cher$", clause.rest)
    return f"Comment faire baisser le prix {with_de(clause.who)}" if is_dear else None
