"""Which column of a table is what, by its heading first and by its content next, with the reason of each choice."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.cells import Content, content_of, is_question
from pipeline.ingest.formats.records import ColumnChoice
from pipeline.ingest.workshop import FileOverride
from pipeline.tables.columns import alias_rank, header_key, matches_alias, sources

_SINGLE_ROLES = ("table", "voix", "votes", "date")
_ROLE_NAMES = {"texte": "texte", "contexte": "contexte", "table": "table", "voix": "voix", "votes": "votes"}
_WRITTEN_BY_HAND = {"postit": ("post-it", "postit", "post it", "couleur", "gommettes", "sticky note")}


@dataclass
class Mapping:
    """Positions of the columns by role; `text` pairs a position with the context its heading gives ("" for none).

    `assumed` names the columns of text that nothing but their cells point to. In a survey, a row is a person's.
    """

    text: list[tuple[int, str]] = field(default_factory=list)
    context: list[int] = field(default_factory=list)
    single: dict[str, int] = field(default_factory=dict)
    attributes: list[int] = field(default_factory=list)
    choices: list[ColumnChoice] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    is_survey: bool = False
    has_one_table_a_row: bool = False
    finished_at: int | None = None

    def choose(self, name: str, role: str, reason: str) -> None:
        """Note what a column was taken for."""
        self.choices.append(ColumnChoice(name, role, reason))


def recognise_tool(names: list[str]) -> tuple[str, str | None]:
    """The tool that writes such headings ("" when unknown), and its heading of finished answers."""
    keys = {header_key(name) for name in names}
    for tool in sources()["outils"]:
        if {header_key(name) for name in tool["colonnes"]} <= keys:
            return str(tool["nom"]), tool.get("achevee")
    return "", None


def map_columns(names: list[str], sample: list[list[str]], override: FileOverride | None, source: str) -> Mapping:
    """Decide the role of each column.

    Parameters
    ----------
    names : unique headings.
    sample : first rows.
    override : what `atelier.toml` says of this file; it wins over any guess.

    Raises
    ------
    RefusedFileError : no column holds text, or one that `atelier.toml` names is missing.
    """
    mapping = Mapping()
    tool, finished = recognise_tool(names)
    taken = _asked_columns(mapping, names, override, source)
    content = [content_of(sample, at) for at in range(len(names))]
    texts: list[tuple[int, int]] = []
    for at, name in enumerate(names):
        if at in taken:
            continue
        if finished is not None and header_key(name) == header_key(finished):
            mapping.finished_at = at
        role = _role_by_name(name, content[at], mapping)
        if role == "texte":
            texts.append((alias_rank(name, "texte"), at))
        elif role == "contexte":
            mapping.context.append(at)
        elif role in _SINGLE_ROLES:
            mapping.single[role] = at
        elif role == "":
            mapping.attributes.append(at)
    if not mapping.text:
        _choose_texts(mapping, names, content, sorted(texts))
    else:
        mapping.attributes += [at for _, at in texts]
    if not mapping.text:
        raise _no_text(names, [names[at] for _, at in texts], source)
    mapping.is_survey = bool(tool) or _has_one_person_a_row(mapping, names, content)
    mapping.has_one_table_a_row = not mapping.is_survey and _is_one_table_a_row(mapping, content)
    _explain_rest(mapping, names)
    return mapping


def _has_one_person_a_row(mapping: Mapping, names: list[str], content: list[Content]) -> bool:
    """Whether the cells of a row are one person's answers: they answer questions, or stand beside what is known of her.

    On a wall of post-its typed column by column, chance alone puts two words in one row.
    """
    if any(is_question(names[at]) for at, _ in mapping.text):
        return True
    not_of_a_person = {*(at for at, _ in mapping.text), *mapping.context, mapping.single.get("table")}
    return len(mapping.text) > 1 and any(c.n for at, c in enumerate(content) if at not in not_of_a_person)


def _is_one_table_a_row(mapping: Mapping, content: list[Content]) -> bool:
    """Whether a row is what someone noted of a whole table: several columns of text, and no table twice."""
    table = mapping.single.get("table")
    return len(mapping.text) > 1 and table is not None and content[table].n > 1 and content[table].distinct == 1


def _no_text(names: list[str], blank: list[str], source: str) -> RefusedFileError:
    """What is missing; `blank` are columns that have the name of one of text, and no word in any cell."""
    if blank:
        return RefusedFileError(
            source,
            f"rien n'est écrit dans la colonne « {blank[0]} »",
            "Saisissez-y les paroles, ou nommez dans atelier.toml la colonne qui les contient "
            '([[fichiers]] nom = "…", colonnes_texte = ["…"]).',
        )
    return RefusedFileError(
        source,
        f"aucune colonne de texte parmi : {', '.join(names[:12])}{'…' if len(names) > 12 else ''}",
        "Donnez à la colonne des paroles le titre « Texte », ou nommez-la dans atelier.toml "
        '([[fichiers]] nom = "…", colonnes_texte = ["…"]).',
    )


def channel_by_headings(names: list[str], mapping: Mapping) -> str:
    """`enquete` when questions stand as headings, `note` for notes of tables, else `postit`."""
    keys = {header_key(name) for name in names}
    if keys & set(_WRITTEN_BY_HAND["postit"]):
        return "postit"
    if mapping.is_survey or any(key.startswith(("reponse", "question")) for key in keys):
        return "enquete"
    if mapping.has_one_table_a_row:
        return "note"
    return "note" if any(header_key(names[at]) in ("note", "notes") for at, _ in mapping.text) else "postit"


def _asked_columns(mapping: Mapping, names: list[str], override: FileOverride | None, source: str) -> set[int]:
    if override is None:
        return set()

    def place(asked: str) -> int:
        found = [at for at, name in enumerate(names) if header_key(name) == header_key(asked)]
        if not found:
            raise RefusedFileError(
                source,
                f"atelier.toml y annonce une colonne « {asked} » qui n'existe pas",
                f"Colonnes du fichier : {', '.join(names[:12])}.",
            )
        return found[0]

    taken: set[int] = set()
    several = len(override.colonnes_texte) > 1
    for asked in override.colonnes_texte:
        at = place(asked)
        mapping.text.append((at, names[at] if several or is_question(names[at]) else ""))
        mapping.choose(names[at], "texte", "indiqué dans atelier.toml")
        taken.add(at)
    if override.colonne_contexte:
        at = place(override.colonne_contexte)
        mapping.context.append(at)
        mapping.choose(names[at], "contexte", "indiqué dans atelier.toml")
        taken.add(at)
    for role in _SINGLE_ROLES:
        asked_role: str | None = getattr(override, f"colonne_{role}")
        if asked_role:
            mapping.single[role] = place(asked_role)
            mapping.choose(names[mapping.single[role]], role, "indiqué dans atelier.toml")
            taken.add(mapping.single[role])
    for asked in override.colonnes_ecartees:
        at = place(asked)
        mapping.choose(names[at], "écartée", "indiqué dans atelier.toml")
        taken.add(at)
    return taken


def _role_by_name(name: str, content: Content, mapping: Mapping) -> str:
    """The role of a heading; "" for none. A column of addresses is set aside whatever its name."""
    if matches_alias(name, "ecartees") and content.mean_words < 6:
        mapping.choose(name, "écartée", "identifiant ou coordonnée de personne, d'après son titre")
        return "écartée"
    if content.personal > 0.5:
        mapping.choose(name, "écartée", "son contenu : adresses ou numéros de personnes")
        return "écartée"
    for role in _SINGLE_ROLES:
        if role not in mapping.single and matches_alias(name, role) and content.mean_words < 8:
            return role
    if matches_alias(name, "texte") and (content.mean_words > 0 or not content.n):
        return "texte"
    if matches_alias(name, "contexte") and not (content.colours > 0.5):
        return "contexte"
    return ""


def _choose_texts(mapping: Mapping, names: list[str], content: list[Content], texts: list[tuple[int, int]]) -> None:
    by_name = [at for _, at in texts if content[at].n]
    least_words = 6.0 if by_name else 3.5
    by_content = [
        at for at in mapping.attributes if content[at].is_free_text(names[at], least_words) and at not in by_name
    ]
    several = len(by_name) + len(by_content) > 1
    for rank, at in enumerate(sorted(by_name)):
        heading = names[at] if several and (rank or by_content) and not _is_plain_text_name(names[at]) else ""
        mapping.text.append((at, heading))
        mapping.choose(names[at], "texte", "son titre")
    for at in by_content:
        _take_by_content(mapping, names, at, several)
    if not mapping.text:
        _take_what_is_left(mapping, names, content)
    mapping.text.sort()
    used = {at for at, _ in mapping.text}
    mapping.attributes = [at for at in mapping.attributes if at not in used]


def _take_by_content(mapping: Mapping, names: list[str], at: int, several: bool) -> None:
    """A column where people wrote, under its question or its title."""
    asks = is_question(names[at])
    if not asks:
        mapping.assumed.append(names[at])
    is_title = asks or len(names[at].split()) > 2 or several or len(names) == 1
    mapping.text.append((at, names[at] if is_title else ""))
    mapping.choose(names[at], "texte", "une question" if asks else "des phrases dans ses cellules")


def _take_what_is_left(mapping: Mapping, names: list[str], content: list[Content]) -> None:
    """The column of sentences that has the name of a context, else the only column."""
    if mapping.context:
        best = max(mapping.context, key=lambda at: content[at].mean_words)
        if content[best].mean_words >= 3 and content[best].distinct > 0.5:
            mapping.context.remove(best)
            mapping.text.append((best, ""))
            mapping.assumed.append(names[best])
            mapping.choose(names[best], "texte", "la seule colonne qui contient des phrases")
    if not mapping.text and len(names) == 1 and content[0].mean_words >= 1:
        mapping.text.append((0, "" if matches_alias(names[0], "texte") else names[0]))
        mapping.choose(names[0], "texte", "la seule colonne")


def _is_plain_text_name(name: str) -> bool:
    return alias_rank(name, "texte") < 9


def _explain_rest(mapping: Mapping, names: list[str]) -> None:
    for at in mapping.context:
        if names[at] not in {choice.name for choice in mapping.choices}:
            mapping.choose(names[at], "contexte", "son titre")
    for role, at in mapping.single.items():
        if names[at] not in {choice.name for choice in mapping.choices}:
            mapping.choose(names[at], role, "son titre")
    for at in mapping.attributes:
        mapping.choose(names[at], "attribut", "gardé tel quel, à côté de la parole")
