"""A small workshop written by hand for these tests: four tables, four channels, all axes, a link, a disagreement."""

import hashlib
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd

from pipeline.contracts.checks import conform, empty
from pipeline.contracts.tables import TABLES
from pipeline.workshop.tables import RestitutionTables

POSTIT, NOTE, SURVEY, VOICE = "postit", "note", "enquete", "transcript"
PROVENANCE = {POSTIT: "ecrit", NOTE: "note", SURVEY: "ecrit", VOICE: "transcription"}
THEMES = ("Mobilité", "Logement", "Liens")
GROUPS: dict[str, tuple[str, int, str, str]] = {
    # id: axis, theme, title, question
    "g-bus": ("est", 0, "Pas de car le soir pour les jeunes", "Comment faire alors que le car ne roule plus le soir ?"),
    "g-loyers": ("est", 1, "Les loyers sont trop chers pour les saisonniers", ""),
    "g-isolement": ("est", 2, "Isolement des personnes âgées", ""),
    "g-navette": ("sud", 0, "Mettre en commun les minibus", ""),
    "g-region": ("sud", 0, "Demander à la Région un car du soir", ""),
    "g-toit": ("sud", 1, "Recenser les logements vides", ""),
    "g-volants": ("nord", 0, "Les Volants solidaires conduisent chez le médecin", ""),
    "g-merci": ("nord", 2, "Merci aux bénévoles du vestiaire", ""),
    "g-accueil": ("ouest", 2, "C’est quoi, un village accueillant ?", ""),
    "g-gestes": ("ouest", 2, "Frapper avant d’entrer", ""),
}
SAID: tuple[tuple[str, str, str, str, str, str], ...] = (
    # group, facet, channel, table or voice, stance, words
    ("g-bus", "frein", POSTIT, "1", "inconnu", "Pas de car après 18 h"),
    ("g-bus", "frein", POSTIT, "2", "inconnu", "Le dernier car part à 17 h 40, les jeunes restent chez eux."),
    ("g-bus", "frein", SURVEY, "v1", "inconnu", "Sans voiture le soir, on ne sort plus"),
    ("g-bus", "frein", NOTE, "3", "inconnu", "Les apprentis renoncent aux cours du soir faute de car"),
    ("g-bus", "traversee", POSTIT, "1", "inconnu", "On a mis deux vélos au dépôt et depuis trois jeunes s'en servent"),
    ("g-loyers", "frein", POSTIT, "4", "contre", "480 € de loyer pour une passoire, c'est non"),
    ("g-loyers", "tension", POSTIT, "2", "pour", "Louer cher, c'est aussi payer les travaux"),
    ("g-loyers", "frein", NOTE, "4", "inconnu", "Les loyers sont trop chers pour les saisonniers"),
    ("g-isolement", "frein", VOICE, "1", "inconnu", "Oui alors euh ma voisine ne voit plus personne de la semaine"),
    ("g-isolement", "frein", NOTE, "2", "inconnu", "Isolement des personnes âgées"),
    ("g-isolement", "problematique", POSTIT, "3", "inconnu", "Comment entrer chez les gens sans les gêner ?"),
    ("g-navette", "mutualisation", POSTIT, "1", "pour", "Mettre en commun les minibus du foot et du centre social"),
    (
        "g-navette",
        "action",
        SURVEY,
        "v2",
        "pour",
        "Une navette avec les minibus en commun le mercredi, et un vrai chauffeur",
    ),
    ("g-navette", "action", NOTE, "3", "inconnu", "Essayer les minibus en commun deux jours par semaine"),
    ("g-region", "demande", POSTIT, "2", "inconnu", "Demander à la Région un car du soir"),
    ("g-region", "demande", SURVEY, "v3", "inconnu", "Que la Région remette un car à 19 h"),
    ("g-toit", "action", POSTIT, "4", "inconnu", "Recenser les logements vides, commune par commune"),
    ("g-toit", "action", POSTIT, "2", "inconnu", "Aller voir les propriétaires à deux"),
    ("g-volants", "valoriser", NOTE, "1", "inconnu", "Les Volants solidaires : 14 chauffeurs bénévoles"),
    ("g-volants", "valoriser", POSTIT, "3", "inconnu", "Les Volants solidaires conduisent chez le médecin"),
    ("g-merci", "celebrer", POSTIT, "4", "inconnu", "merci aux bénévoles du vestiaire, sans eux pas de manteaux"),
    ("g-merci", "celebrer", POSTIT, "2", "inconnu", "Merci à Martine Quéhan pour le vestiaire"),
    ("g-accueil", "question", POSTIT, "3", "inconnu", "C'est quoi, un village accueillant ?"),
    ("g-accueil", "sens", POSTIT, "4", "inconnu", "Un village où l'on peut repartir sans se fâcher"),
    ("g-accueil", "sens", VOICE, "1", "inconnu", "Accueillir c'est d'abord dire bonjour"),
    ("g-gestes", "geste", POSTIT, "2", "inconnu", "Aide à domicile : je frappe toujours avant d'entrer"),
    ("g-gestes", "geste", VOICE, "1", "inconnu", "moi je garde les mains sur les genoux"),
    ("", "action", POSTIT, "3", "inconnu", "Planter une haie fruitière avec l'école"),
    ("", "frein", POSTIT, "3", "inconnu", "Écrire à {{jean}} : jean@exemple.example"),
    ("", "sens", SURVEY, "v4", "inconnu", "Être utile, c'est être attendu quelque part"),
    ("", "", POSTIT, "1", "inconnu", "RAS"),
)
AXIS_OF_FACET = {
    "frein": "est", "tension": "est", "problematique": "est", "traversee": "est", "action": "sud",
    "mutualisation": "sud", "demande": "sud", "valoriser": "nord", "celebrer": "nord",
    "question": "ouest", "sens": "ouest", "geste": "ouest",
}  # fmt: skip
LINKS = (("g-bus", "g-navette"), ("g-bus", "g-region"), ("g-loyers", "g-toit"))


@cache
def workshop(**header: Any) -> RestitutionTables:
    """Frames that honour their schemas, made once: copy what is to change. `header` overrides the workshop's fields."""
    rows = [_row(index, *said) for index, said in enumerate(SAID)]
    items = [row["item"] for row in rows]
    by_group: dict[str, list[str]] = {}
    for row in rows:
        if row["membership"]["group_id"]:
            by_group.setdefault(row["membership"]["group_id"], []).append(row["item"]["item_id"])
    given = {
        "workshop": "a", "titre": "Atelier des quatre tables", "date": "2026-03-01", "lieu": "Mairie de Tull",
        "territoire": "Tull", "format_animation": "Quatre tables", "anime_par": "Anne Tell, La Passerelle",
        "auteur": "Anne Tell, La Passerelle", "pour_en_savoir_plus": "https://tull.example", "participants": 31,
    }  # fmt: skip
    tables = {
        "workshops": [given | header],
        "workshop_tables": [
            {"workshop": "a", "table": str(n), "sujet": subject, "participants": 8, "is_declared": True}
            for n, subject in enumerate(("Se déplacer", "Vieillir ici", "Grandir ici", "Se loger"), start=1)
        ],
        "contributions": [row["contribution"] for row in rows],
        "items": items,
        "name_suggestions": [_suggestion(row) for row in rows if "Martine" in row["item"]["text"]],
        "reviewed_tags": [row["tag"] for row in rows],
        "reviewed_memberships": [row["membership"] for row in rows if row["tag"]["axis"] != "hors_axe"],
        "reviewed_groups": [_group(rank, group_id, by_group[group_id]) for rank, group_id in enumerate(GROUPS)],
        "reviewed_links": [
            {
                "from_item": by_group[two][0], "to_item": obstacle,
                "kind": "answers", "score": 0.8, "state": "juste", "decided_by": "Awa",
            }
            for one, two in LINKS
            for obstacle in by_group[one][:2]
        ],
        "reviewed_themes": [
            {"theme_id": f"t{rank}", "title": title, "position": rank}
            for rank, title in enumerate(THEMES)
        ],
        "ledger": [
            {"source": "postits.csv", "format": "csv", "state": "lu", "detail": "", "n_read": len(rows),
             "n_kept": len(rows), "n_rejected": 0, "n_positions": 0, "n_items": len(rows)},
        ],
    }  # fmt: skip
    return RestitutionTables(
        **{name: frame(name, tables.get(name, [])) for name in RestitutionTables.__dataclass_fields__}
    )


def frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame of schema `name`, missing columns left empty."""
    if not rows:
        return empty(name)
    columns = TABLES[name].column_names
    return conform(name, pd.DataFrame([{column: row.get(column) for column in columns} for row in rows]))


def with_words(tables: RestitutionTables, index: int, words: str) -> RestitutionTables:
    """The same workshop where contribution `index` says something else, and its item with it."""
    item_id, contribution_id = _ids(index)
    items, contributions = tables.items.copy(), tables.contributions.copy()
    at = items["item_id"] == item_id
    items.loc[at, "text"], items.loc[at, "end"] = words, len(words)
    contributions.loc[contributions["contribution_id"] == contribution_id, "text"] = words
    return replace(tables, items=items, contributions=contributions)


def decided(tables: RestitutionTables, item_id: str, **row: Any) -> RestitutionTables:
    """The same workshop where a person decided what is shown of an idea."""
    given = {"item_id": item_id, "is_hidden": False, "is_quotable": True, "masks": [], "named": []} | row
    return replace(tables, reviewed_items=frame("reviewed_items", [given]))


def with_group(tables: RestitutionTables, group_id: str, **changes: Any) -> RestitutionTables:
    """The same workshop where a group is otherwise."""
    groups = tables.reviewed_groups.copy()
    for name, value in changes.items():
        groups.loc[groups["group_id"] == group_id, name] = value
    return replace(tables, reviewed_groups=groups)


def _ids(index: int) -> tuple[str, str]:
    digest = hashlib.sha256(str(index).encode()).hexdigest()[:10]
    return f"i-{digest}", f"c-{digest}"


AXES = ("nord", "est", "sud", "ouest", "hors_axe")


def _row(index: int, group: str, facet: str, channel: str, place: str, stance: str, words: str) -> dict[str, Any]:
    item_id, contribution_id = _ids(index)
    axis = AXIS_OF_FACET.get(facet, "hors_axe")
    is_survey = channel == SURVEY
    return {
        "item": {
            "item_id": item_id, "contribution_id": contribution_id, "start": 0, "end": len(words), "text": words,
            "lead": None, "own_provenance": None,
        },
        "contribution": {
            "contribution_id": contribution_id, "source": f"{channel}.csv", "locator": f"ligne {index + 2}",
            "position": index, "text": words, "channel": channel, "provenance": PROVENANCE[channel], "context": "",
            "frame": "parole",
            "voice": place if is_survey else None, "table": None if is_survey else place, "workshop": "a",
            "attributes": '{"commune": "Tull"}', "headings": [], "given_group": group or None,
        },
        "tag": {
            "item_id": item_id, "axis": axis, "confidence": 0.8, "second_axis": None, "facet": facet or None,
            "worth": 0.5,
            "status": "sur", "doubt": None, **{f"p_{a}": 0.8 if a == axis else 0.05 for a in AXES},
        },
        "membership": {
            "item_id": item_id, "group_id": group or None, "stack_id": item_id if group else None,
            "strength": round(0.9 - index / 1000, 3), "stance": stance,
        },
    }  # fmt: skip


def _suggestion(row: dict[str, Any]) -> dict[str, Any]:
    start = row["item"]["text"].index("Martine Quéhan")
    return {
        "contribution_id": row["item"]["contribution_id"], "start": start, "end": start + len("Martine Quéhan"),
        "text": "Martine Quéhan", "reason": "prénom",
    }  # fmt: skip


def _group(rank: int, group_id: str, members: list[str]) -> dict[str, Any]:
    axis, theme, title, question = GROUPS[group_id]
    return {
        "group_id": group_id, "axis": axis, "theme_id": f"t{theme}", "title": title,
        "title_coverage": 1.0, "question": question or None,
        "n_items": len(members), "n_ideas": len(members), "votes": 0,
        "n_people": None,
        "n_for": 0, "n_against": 0, "n_if": 0, "n_without": len(members),
        "n_tables": 2, "n_channels": 1,
        "origin": "participants", "recurrence": 9.0 - rank,
        "state": "machine", "is_hidden": False,
        "is_titled": False, "is_asked": False, "position": rank,
    }  # fmt: skip
