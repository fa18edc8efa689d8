"""The pages behind the door: every idea by group with its source (a csv above a limit), the ledger, the method.

The method says why each group is told or is not, and what people checked.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.assistant.by_hand import REMADE
from pipeline.axes import compass
from pipeline.contracts.labels import NOBODY, REASON_NAMES
from pipeline.contracts.plan import Plan, Unit
from pipeline.language.text.typography import NO_BREAK, counted, joined, typeset
from pipeline.restitution.rewriting.page import Outcome
from pipeline.workshop.model import Material

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


STATES = {"lu": "lu", "refuse": "refusé", "ignore": "laissé de côté"}
REASONS = {
    "vide": "vide", "sans_mot": "sans mot", "illisible": "illisible", "ligne_de_test": "ligne de test",
    "spam": "indésirable", "autre_langue": "autre langue", "reponse_inachevee": "réponse inachevée",
    "redite": "envoyée deux fois",
    "animation": "parole de l'animation", "presence": "liste de présence",
    "ordre_du_jour": "ordre du jour", "resultat_de_vote": "résultat de vote", "entete": "en-tête", "presse": "presse",
    "motion": "motion ou question posée", "expose": "exposé", "remerciements": "remerciements",
    "salutations": "salutations ou signature",
    "liens": "enregistrement ou lien", "barre": "texte barré", "pas_une_parole": "écartée à la main",
    "document": "d'un document, non de la rencontre", "lecture": "lecture d'une autre ligne",
    "moderee": "écartée par la modération", "retiree": "retirée par son auteur", "titre": "titre d'un groupe",
}  # fmt: skip


LEDGER = {
    "source": "Fichier", "format": "Format", "state": "État", "n_read": "Lus", "n_kept": "Gardés",
    "n_rejected": "Laissés", "n_positions": "Votes et avis", "n_items": "Idées", "detail": "Détail",
}  # fmt: skip
LEFT = {"source": "Fichier", "locator": "Emplacement", "reason": "Raison", "detail": "Détail"}
CHANGED = {"kind": "Changement", "detail": "Détail"}
DECIDED = {"op": "Décision", "author": "Par", "state": "État", "message": "Message"}
LISTED_MAX = 500


def write_ledger(ledger: pd.DataFrame, rejects: pd.DataFrame, changes: pd.DataFrame, states: pd.DataFrame) -> bytes:
    """registre.html: per file what was read, kept and left out, and why; decisions; changes."""
    read = ledger.sort_values("source").assign(state=ledger["state"].map(STATES.__getitem__))
    parts = [
        "<p>Lu = gardé + laissé de côté + votes et avis sans autre parole, fichier par fichier. Rien ne disparaît sans "
        "raison écrite.</p>",
        _listed(read, LEDGER),
    ]
    left, changed = rejects.head(LISTED_MAX), changes.assign(kind=changes["kind"].str.replace("_", " "))
    told = (
        ("Ce qui a été laissé de côté", left.assign(reason=left["reason"].map(REASONS.__getitem__)), LEFT),
        ("Ce qui a changé depuis la version précédente", changed, CHANGED),
        ("Ce que sont devenues les décisions", states, DECIDED),
    )
    parts += [f"<h2>{title}</h2>{_listed(rows[:LISTED_MAX], columns)}" for title, rows, columns in told if len(rows)]
    return page("Registre : ce qui a été lu", "".join(parts))


def _listed(rows: pd.DataFrame, columns: Mapping[str, str]) -> str:
    return table([*columns.values()], [[row[name] for name in columns] for row in rows.to_dict("records")])


METHOD = (
    (
        "Des paroles aux idées",
        "Chaque contribution (post-it, réponse, note, tour de parole) est découpée en idées, sans changer un "
        "mot. Une idée garde sa place dans le texte d’origine.",
    ),
    (
        "Des idées aux axes",
        "Un modèle entraîné sur des paroles d’ateliers place chaque idée sur la rose, selon ce que la "
        "personne fait en la disant : reconnaître ce qui existe (Nord), dire un obstacle (Est), proposer "
        "(Sud), explorer une question (Ouest). Quand il ne sait pas trancher, l’idée est marquée « à relire "
        "».",
    ),
    (
        "Des idées aux groupes",
        "Les idées proches d’un même axe forment un groupe. Une idée qui ne ressemble à aucune autre est un "
        "signal faible : elle est gardée. La même idée, dite par la même table sur deux supports, compte une "
        "fois. Le pour et le contre ne s’additionnent jamais.",
    ),
    (
        "Des groupes au texte",
        "Seule, Rosace ne rédige pas : sous chaque titre, elle compte ce qui est sûr, puis montre des paroles, avec "
        "qui les dit, où et à quelle question. Chaque "
        "chiffre est un fait vérifiable dans facts.json ; chaque « citation » est, à la lettre, un morceau "
        "d’une contribution écrite ou transcrite. Ce qui vient d’une prise de notes est "
        "rapporté sans guillemets. Une coupe ou un nom masqué se voit : […].",
    ),
    (
        "Comment les quantités sont dites",
        "Une table ou deux sont nommées, davantage sont comptées : « quatre tables sur six », « les six "
        "tables ». Les personnes ne sont comptées que lorsqu’elles sont connues (une enquête, des tours de "
        "parole) ; sinon, ce sont les contributions. Sous un titre que personne n’a relu, on dit seulement combien, au "
        "moins, en parlent sûrement.",
    ),
    (
        "Ce qu’il faut garder en tête",
        "Les données sont pseudonymisées, non anonymisées. Un atelier ne représente que celles et ceux qui y "
        "étaient. Une machine a proposé les axes et les groupes : des personnes peuvent tout corriger.",
    ),
)


NO_MODEL = "Aucun assistant n’a été consulté : tout vient de ce qui a été dit."
BY_MODEL = (
    "Un assistant, c’est-à-dire un modèle de langue, a été consulté ({taken} de ses {n} propositions retenues). "
    "Rosace ne croit rien de ce qu’il dit : il voit des paroles et choisit parmi vos titres, ce qui reste son choix "
    "jusqu’à ce qu’une personne l’accepte ; ou il écrit des phrases, dont chacune dit sur quelles paroles "
    "elle s’appuie, et n’est gardée que si chaque nom, chaque chiffre et la plus grande part des mots y est. Ce qui "
    "semble, par ses mots, dire le contraire des paroles est signalé une fois à l’assistant qui relit, qui le corrige "
    "ou le maintient ; ce qui retourne un vote ou une position n’y entre qu’une fois trouvé juste par une personne. "
    "Sinon, ce que Rosace fait seule reste. Ses réponses sont dans le dossier « modele » des résultats."
)
ANSWERS_MAX = 400


def write_method(checked: tuple[tuple[str, str], ...] = (), why: str = "", outcomes: Sequence[Outcome] = ()) -> bytes:
    """methode.html: how this was made, in words for everyone, what people checked (titles and texts), `why`
    this is told and that is not, in html, and what became of each answer of a language model.
    """
    told = ((typeset(title), typeset(text)) for title, text in (*METHOD, *checked))
    parts = (f"<h2>{html.escape(title)}</h2><p>{html.escape(text)}</p>" for title, text in told)
    return page("Méthode", "".join(parts) + why + _of_model(outcomes))


def _of_model(found: Sequence[Outcome]) -> str:
    """What a language model was asked, what it gave, and why it was refused: refusals first."""
    text = BY_MODEL.format(taken=sum(not one.reason for one in found), n=len(found)) if found else NO_MODEL
    told = f"<h2>L’assistant</h2><p>{html.escape(typeset(text))}</p>"
    first = sorted(found, key=lambda one: not one.reason)[:ANSWERS_MAX]
    rows = [[one.about, one.theirs, _fate(one)] for one in first]
    return told + (table(["À propos de", "Proposition", "Ce qu’elle devient"], rows) if rows else "")


def _fate(one: Outcome) -> str:
    return one.reason if one.reason in REMADE else f"refusée : {one.reason}" if one.reason else "retenue"


def table(columns: list[str], rows: list[list[Any]]) -> str:
    """An html table, every cell escaped."""
    head = "".join(f"<th scope='col'>{html.escape(typeset(column))}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    label = html.escape(", ".join(columns))
    opening = f"<div class='scroll' role='region' tabindex='0' aria-label='{label}'><table>"
    return f"{opening}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def page(title: str, body: str) -> bytes:
    """A plain page in the colours of the project, offline."""
    style = (TEMPLATES / "annex.css").read_text(encoding="utf-8")
    return (
        "<!doctype html><html lang='fr'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>{html.escape(title)}</title><style>{style}</style></head><body>"
        "<a class='skip' href='#contenu'>Aller au contenu</a><nav aria-label='Retour'><a href='index.html'>← Retour</a>"
        f"</nav><main id='contenu' tabindex='-1'><h1>{html.escape(typeset(title))}</h1>{body}</main></body></html>\n"
    ).encode()


ROWS_MAX = 400
COLUMNS = ["Groupe", "Axe", "Contributions", "Lieux", "Voix", "Poids", "Dit ?"]
INTRO = (
    "Un groupe est raconté quand une personne a donné son titre ou l’a pris. Le poids additionne les idées, selon leur "
    "proximité, les lieux où elles ont été dites, les votes, les réponses et les objections, jamais le titre."
)


def reasons(plan: Plan, material: Material) -> str:
    """The groups by weight, in html, each with why it is told or is not."""
    units = [unit for key, unit in plan.units.items() if key in material.groups]
    ranked = sorted(units, key=lambda unit: (-unit.weight, unit.unit_id))
    rows = [_row(unit, material) for unit in ranked[:ROWS_MAX]]
    told = f"<p>{html.escape(typeset(INTRO))}</p>{table(COLUMNS, rows)}"
    return f"<h2>Pourquoi ceci est dit, et cela non</h2>{told}" if rows else ""


def _row(unit: Unit, material: Material) -> list[str]:
    spread = unit.spread
    votes = f"{spread.votes} pour, {spread.votes_against} contre" if spread.votes_against else str(spread.votes or "")
    places = spread.tables + bool(spread.answers)
    cells = (
        material.groups[unit.unit_id].title, compass()[unit.axis].name, f"{spread.contributions}", str(places or ""),
        votes, f"{unit.weight:.1f}".replace(".", ","), REASON_NAMES[unit.reason],
    )  # fmt: skip
    return [typeset(cell) for cell in cells]


if TYPE_CHECKING:
    from pipeline.workshop.tables import RestitutionTables


def checked_by_people(tables: RestitutionTables) -> tuple[tuple[str, str], ...]:
    """Titles and texts of two parts; the second is missing when nobody answered the blind control."""
    parts = [("Ce que des personnes ont relu", _reviewed(tables.reviewed_groups, tables.reviewed_tags))]
    if len(tables.control):
        parts.append(("Ce que vaut la lecture de la machine", _judged(tables.control)))
    return tuple((title, typeset(text)) for title, text in parts)


def _reviewed(groups: pd.DataFrame, tags: pd.DataFrame) -> str:
    """Only a group that someone accepted or rejected was re-read; a rename alone does not say so."""
    judged = groups[groups["state"].isin(["accepte", "rejete"])]
    n_axes = int(tags["decided_by"].notna().sum())
    if judged.empty and not n_axes:
        return "Personne n’a encore relu les groupes ni les axes : tout ce qui est dit ici vient de la machine."
    people = {str(name) for table in (judged, tags) for name in table["decided_by"].dropna()} - {NOBODY}
    n_left = len(groups) - len(judged)
    by = f" par {joined(sorted(people))}" if people else ""
    told = f"Relu{by} : {counted(len(judged), 'groupe')} sur {len(groups)}"
    told += f", et l’axe de {counted(n_axes, 'idée', feminine=True)}." if n_axes else "."
    if n_left:
        told += f" {counted(n_left, 'autre groupe', 'autres groupes').capitalize()} et tous les autres axes viennent "
        told += "de la machine."
    return told


def _judged(control: pd.DataFrame) -> str:
    """How often people found the title of the machine, with the interval of its precision."""
    (row,) = control.to_dict("records")
    people = counted(int(row["n_people"]), "personne", feminine=True)
    bounds = f"entre {round(100 * row['low'])} et {round(100 * row['high'])}{NO_BREAK}%"
    return (
        f"Des idées tirées au sort ont été relues par {people}, sans voir le titre sous lequel la machine les avait "
        f"rangées. Le même titre a été choisi : {round(row['share'] * row['n'])} fois sur {row['n']} ({bounds}). Entre "
        "parenthèses, la part à laquelle s’attendre pour toutes les idées, sauf une fois sur vingt."
    )
