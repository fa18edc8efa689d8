"""What is shut, broken, barred or about to end, and the question of how to have it again."""

from __future__ import annotations

import re

from pipeline.language.syntax.clauses import Clause
from pipeline.language.text.typography import with_a, with_de

_TIME = re.compile(
    r"^(?:le (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|soir|matin|midi|week-end)|l'après-midi|l'été"
    r"|l'hiver|pendant les vacances|en (?:août|juillet|été|hiver)|entre midi et deux)\b.*$",
    re.IGNORECASE,
)
_SHUT = re.compile(r"^(?:fermée?s?)(?: (?P<when>.*))?$")
_END = re.compile(
    r"^(?:bientôt|en (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|fin)\b"
    r"|à la (?:fin|rentrée)|fin |dans |cette année|l'an prochain|l'année prochaine|le \d)"
)


def of_closing(clause: Clause) -> str | None:
    """« le local est fermé » → « Comment rouvrir le local »; None for a clause that tells nothing of the kind."""
    infinitive, rest, who = clause.verb.infinitive, clause.rest, clause.who
    shut = _SHUT.match(rest) if infinitive in ("être", "rester") else None
    if shut is not None:
        when = shut["when"] or ""
        return f"Comment ouvrir {who} {when}" if _TIME.match(when) else f"Comment rouvrir {who}"
    if infinitive == "être":
        if re.match(r"^(?:en panne|cassée?s?|hors service|abîmée?s?)\b", rest):
            return f"Comment faire réparer {who}"
        barred = re.match(r"^interdite?s? (?P<x>(?:aux? |à )(?!nouveau).+)$", rest)
        return f"Comment ouvrir {who} {barred['x']}" if barred else None
    if re.match(r"^(?:la |le )derni", who, re.I) and infinitive in ("partir", "passer") and re.match(r"^à \d", rest):
        return f"Comment faire {infinitive} plus tard {who}"
    if infinitive == "fermer" and re.match(r"^à \d[^,]*$", rest) and "km" not in rest:
        return f"Comment ouvrir {who} plus longtemps"
    if infinitive == "partir" and rest.startswith("à la retraite"):
        return f"Comment remplacer {who}"
    if clause.clitics == "s'" and infinitive == "arrêter":
        further = re.match(r"^(?:avant |à |au |aux |devant )(?P<x>.*)$", rest)
        if not rest or _END.match(rest):
            return f"Comment garder {who}"
        if further is not None and not re.search(r"\d", rest) and rest.startswith(("avant la", "avant le", "avant l'")):
            return f"Comment prolonger {who} jusqu'{with_a(further['x'])}"
        return None
    leaves = infinitive == "aller" and re.match(r"^(?:fermer|disparaître|s'arrêter)\b", rest)
    if leaves or (infinitive == "disparaître" and not clause.negation):
        return f"Comment garder {who}"
    if infinitive == "coûter" and re.match(r"^(?:trop |très |vraiment )?cher$", rest):
        return f"Comment faire baisser le prix {with_de(who)}"
    return None
