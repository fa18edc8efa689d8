"""A small workshop written by hand: four tables, two recordings, all axes, groups, links, weak signals, hard words."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pandas as pd

from pipeline.axes import AXIS_CODES, COMPASS_CODES, compass
from pipeline.cli.review import open_session
from pipeline.contracts.checks import TABLES, conform, empty
from pipeline.contracts.draft import (
    Block,
    Draft,
    FactNode,
    FactRef,
    Section,
    Sentence,
    TextNode,
    TitleNode,
    TitleRef,
    WordsNode,
    WordsRef,
    dump_draft,
)
from pipeline.folder.artifacts import RunFolder
from pipeline.review.app.desk import Desk
from pipeline.review.log.state import MachineTables

HOSTILE = (
    "<script>document.title='pirate'</script> le bus ne passe plus",
    "{{7*7}} personne ne sait qui contacter {{ config }}",
    "=cmd|' /C calc'!A0",
    "Il faudrait un lieu commun. " + "encore " * 5000,
)
SPEECH: dict[str, tuple[str, tuple[str, ...]]] = {
    "est:bus": (
        "Pas assez de bus le soir",
        (
            "Il n'y a plus de bus après 18 h",
            "Pas de bus le dimanche, les jeunes restent chez eux",
            "Le bus ne passe pas dans les hameaux",
            "Sans voiture on ne peut pas venir aux ateliers",
            "Les horaires de bus ne vont pas avec ceux du collège",
        ),
    ),
    "est:temps": (
        "Le temps manque pour se coordonner",
        (
            "On n'a pas le temps de se rencontrer entre structures",
            "Les réunions se chevauchent, personne ne vient",
            "Chacun court, on ne se croise jamais",
            "Aucun temps payé pour coopérer",
        ),
    ),
    "est:papiers": (
        "Des démarches en ligne qui perdent les gens",
        (
            "Les démarches en ligne perdent les personnes âgées",
            "Personne ne répond au téléphone de la préfecture",
            "On remplit trois fois le même dossier",
        ),
    ),
    "sud:covoiturage": (
        "Monter un covoiturage entre structures",
        (
            "On pourrait covoiturer entre associations",
            "Il faudrait une navette partagée le mercredi",
            "Mettre en commun nos minibus",
            "Une plateforme de covoiturage du canton",
        ),
    ),
    "sud:agenda": (
        "Tenir un agenda partagé",
        (
            "Faire un agenda commun des réunions",
            "Un calendrier partagé par toutes les structures",
            "Décider ensemble d'une journée sans réunion",
        ),
    ),
    "sud:relais": (
        "Un accueil de proximité",
        ("Ouvrir une permanence numérique dans chaque bourg", "Former des bénévoles à l'aide aux démarches"),
    ),
    "nord:cafe": (
        "Le café associatif rassemble",
        (
            "Le café associatif marche très bien",
            "Merci à l'équipe du café, on s'y retrouve tous",
            "Au café les nouveaux habitants sont accueillis",
        ),
    ),
    "nord:minibus": (
        "Le minibus du centre social existe",
        ("Le centre social prête déjà son minibus", "Le minibus est libre trois jours par semaine"),
    ),
    "ouest:accueil": (
        "Qu'est-ce qu'accueillir ?",
        (
            "Accueillir, est-ce écouter ou orienter ?",
            "Quand quelqu'un pleure au guichet je ferme la porte et je m'assieds",
            "C'est quoi, pour nous, un bon accueil ?",
        ),
    ),
    "ouest:cooperer": (
        "Que veut dire coopérer ?",
        ("Coopérer n'est pas faire à la place", "Comment apprend-on à coopérer ?"),
    ),
}
WEAK = (
    ("est", "Le local est froid en hiver"),
    ("sud", "Planter une haie autour de la salle"),
    ("nord", "La fanfare du village 🎺 fait danser tout le monde"),
    ("ouest", "Le silence fait partie du métier"),
    ("sud", HOSTILE[3]),
    ("est", HOSTILE[2]),
)
REJECTS = [
    {"source": "postits.csv", "locator": "ligne 9", "reason": "ligne_de_test", "detail": "ligne d'essai"},
    {"source": "enquete.csv", "locator": "ligne 4", "reason": "vide", "detail": "cellule vide"},
]
OFF_AXIS = ("RAS", "Bonjour à toutes et tous", "Idem")
THEMES = (("t-mobilite", "Se déplacer"), ("t-ensemble", "Travailler ensemble"), ("t-accueil", "Accueillir"))
THEME_OF = {"bus": 0, "covoiturage": 0, "minibus": 0, "temps": 1, "agenda": 1, "cooperer": 1}
COUNTS = ("n_items", "n_ideas", "n_voices", "n_tables", "n_workshops", "n_channels", "recurrence")
LINKS = (("est:bus", "sud:covoiturage"), ("est:bus", "nord:minibus"), ("est:temps", "sud:agenda"))


def _hash(kind: str, *parts: object) -> str:
    return f"{kind}-" + hashlib.sha256("\t".join(map(str, parts)).encode()).hexdigest()[:12]


def make_workshop(n_copies: int = 1) -> tuple[MachineTables, pd.DataFrame]:
    """The machine tables and the suspected names; `n_copies` repeats every group's words to make a large run."""
    rows: list[dict[str, Any]] = []
    for copy in range(n_copies):
        for key, (_, texts) in SPEECH.items():
            for rank, text in enumerate(texts):
                rows.append({"axis": key.split(":")[0], "key": f"{key}{copy or ''}", "text": text, "rank": rank})
    rows += [{"axis": axis, "key": None, "text": text, "rank": 0} for axis, text in WEAK]
    rows += [{"axis": "est", "key": "est:bus", "text": HOSTILE[0], "rank": 8}]
    rows += [{"axis": "est", "key": "est:papiers", "text": HOSTILE[1], "rank": 8}]
    rows += [{"axis": "hors_axe", "key": None, "text": text, "rank": 0} for text in OFF_AXIS]
    rows += [{"axis": "nord", "key": "nord:cafe", "text": "Merci à Jeanne Morel pour le café", "rank": 7}]
    for position, row in enumerate(rows):
        _place(row, position)
    return _tables(rows), _names(rows)


def _place(row: dict[str, Any], position: int) -> None:
    is_spoken = position % 4 == 3
    row["source"] = "table2.vtt" if is_spoken else ("enquete.csv" if position % 4 == 2 else "postits.csv")
    row["channel"] = {"table2.vtt": "transcript", "enquete.csv": "enquete"}.get(row["source"], "postit")
    row["provenance"] = "transcription" if is_spoken else "ecrit"
    row["voice"] = f"P{position % 7}" if row["channel"] != "postit" else None
    row["table"] = None if row["channel"] == "enquete" else str(1 + position % 3)
    row["position"] = position
    row["locator"] = f"00:0{position % 10}:12" if is_spoken else f"ligne {position + 2}, colonne « Idée »"
    row["contribution_id"] = _hash("c", row["source"], row["text"], position)
    row["item_id"] = _hash("i", row["contribution_id"], 0)
    row["status"] = "a_relire" if position % 6 == 5 else "sur"
    row["group_id"] = None if row["key"] is None else _hash("g", row["key"])


def _tables(rows: list[dict[str, Any]]) -> MachineTables:
    frame = pd.DataFrame(rows)
    contributions = frame.assign(
        context="Qu'est-ce qui freine, qu'est-ce qui aide ?", workshop="atelier", votes=pd.NA, attributes="{}",
        date=pd.NA, start_s=float("nan"),
    )  # fmt: skip
    items = frame.assign(start=0, end=frame["text"].str.len())
    tags = pd.DataFrame([_tag(row) for row in rows])
    return MachineTables(
        contributions=conform("contributions", contributions),
        items=conform("items", items),
        tags=conform("tags", tags),
        groups=_groups(rows),
        memberships=conform(
            "memberships",
            frame[frame["axis"] != "hors_axe"].assign(
                strength=[_strength(row) for row in rows if row["axis"] != "hors_axe"],
                stance="inconnu", tied_to=pd.NA,
            ),
        ),
        themes=conform(
            "themes",
            pd.DataFrame(THEMES, columns=["theme_id", "title"]).assign(
                position=range(len(THEMES)), keywords=[[] for _ in THEMES]
            ),
        ),
        links=_links(rows),
        name_suggestions=empty("name_suggestions"),
    )  # fmt: skip


def _strength(row: dict[str, Any]) -> float:
    return round(1 - row["rank"] / 20, 2) if row["key"] else 0.0


def _tag(row: dict[str, Any]) -> dict[str, Any]:
    sure = 0.92 if row["status"] == "sur" else 0.44
    rest = (1 - sure) / 4
    second = "sud" if row["axis"] == "est" else "est"
    return {
        "item_id": row["item_id"],
        **{f"p_{code}": sure if code == row["axis"] else rest for code in AXIS_CODES},
        "axis": row["axis"],
        "confidence": sure,
        "second_axis": second,
        "facet": pd.NA,
        "status": row["status"],
    }


def _groups(rows: list[dict[str, Any]]) -> pd.DataFrame:
    from pipeline.cluster.describing.spread import measure_spread

    frame = pd.DataFrame(rows).dropna(subset=["key"]).assign(workshop="atelier", tied_to=None)
    found = []
    for key, part in frame.groupby("key", sort=False):
        base = "".join(letter for letter in str(key) if not letter.isdigit())
        spread = measure_spread(part)
        strengths = [round(1 - rank / 20, 2) for rank in part["rank"]]
        found.append(
            {
                "group_id": _hash("g", key),
                "axis": part["axis"].iloc[0],
                "theme_id": THEMES[THEME_OF.get(base.split(":")[1], 2)][0],
                "title": SPEECH[base][0],
                "question": pd.NA,
                "keywords": base.split(":")[1:],
                **{
                    name: value if (value := getattr(spread, name)) is not None else pd.NA
                    for name in (
                        "n_items",
                        "n_ideas",
                        "n_voices",
                        "n_tables",
                        "n_workshops",
                        "n_channels",
                        "recurrence",
                    )
                },
                "cohesion": round(sum(strengths) / len(strengths), 4),
                "reason": f"Mots partagés : {base.split(':')[1]}.",
                "exemplars": part.sort_values(["rank", "item_id"])["item_id"].head(5).tolist(),
            }
        )
    return conform("groups", pd.DataFrame(found))


def _links(rows: list[dict[str, Any]]) -> pd.DataFrame:
    first = {row["key"]: row["item_id"] for row in reversed(rows) if row["key"]}
    pairs = [
        {"obstacle_item_id": first[obstacle], "answer_item_id": first[answer], "score": 0.8}
        for obstacle, answer in LINKS
    ]
    return conform("links", pd.DataFrame(pairs))


def _names(rows: list[dict[str, Any]]) -> pd.DataFrame:
    (row,) = [row for row in rows if "Jeanne Morel" in row["text"]]
    start = row["text"].index("Jeanne Morel")
    found = {"contribution_id": row["contribution_id"], "start": start, "end": start + 12, "text": "Jeanne Morel"}
    return conform("name_suggestions", pd.DataFrame([{**found, "reason": "prénom"}]))


def write_run(run: RunFolder, n_copies: int = 1) -> MachineTables:
    """A whole run folder on disk, with a draft of one page and a rose."""
    machine, names = make_workshop(n_copies)
    for name in MachineTables.__dataclass_fields__:
        run.save_table(name, getattr(machine, name))
    run.save_table("name_suggestions", names)
    workshop = {column.name: pd.NA for column in TABLES["workshops"].columns}
    run.save_table(
        "workshops", pd.DataFrame([workshop | {"workshop": "atelier", "titre": "Coopérer ici", "participants": 24}])
    )
    run.save_table("workshop_tables", empty("workshop_tables"))
    run.save_table("rejects", conform("rejects", pd.DataFrame(REJECTS)))
    run.save_manifest({"stages": {}, "files": {}, "corpus": "corpus/demo", "config": {"profil": "rapide"}})
    (run.path / "rose.svg").write_text(ROSE, encoding="utf-8")
    (run.path / "draft.json").write_text(
        json.dumps(dump_draft(draft_of(machine)), ensure_ascii=False), encoding="utf-8"
    )
    return machine


ROSE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><circle cx="100" cy="100" r="80" fill="#eee"/></svg>'
)


def draft_of(machine: MachineTables) -> Draft:
    """A draft of one sentence and one quote per group, as the restitution writes it."""
    items = machine.items.set_index("item_id")
    sections = []
    for axis in COMPASS_CODES:
        blocks = []
        for row in machine.groups[machine.groups["axis"] == axis].itertuples():
            first = items.loc[row.exemplars[0]]
            span = (int(first["start"]), int(first["end"]))
            nodes = (
                TitleNode(row.title, TitleRef(row.group_id)),
                TextNode(" revient à "),
                FactNode("trois tables", FactRef(f"{row.group_id}.tables", "tables")),
                TextNode(" : "),
                WordsNode("quote", first["text"], WordsRef(row.exemplars[0], first["contribution_id"], span, (span,))),
                TextNode("."),
            )
            sentence = Sentence(nodes, tuple(row.exemplars))
            blocks.append(Block("paragraph", (sentence,), groups=(row.group_id,)))
        sections.append(Section(axis, f"Axe {compass()[axis].name}", tuple(blocks), axis))
    return Draft("Coopérer ici", "fr-FR", (), tuple(sections), (), (), {})


def desk_of(run: RunFolder) -> Desk:
    """The page's desk on a run, with small pages."""
    return Desk(
        open_session=lambda: open_session(run),
        regenerate=lambda: ("Axe Est : un avertissement.",),
        page_size=60,
        batch_size=10,
        small_table=8,
        control_size=4,
        seed=20,
        title="Coopérer ici",
    )
