"""Which column of a table is what, by its heading first and by its content next, with the reason of each choice."""

from __future__ import annotations

from pipeline.errors import NothingSaidError, RefusedFileError
from pipeline.ingest.formats.sheets.asked_columns import asked_columns
from pipeline.ingest.formats.sheets.cells import Content, content_of, is_question
from pipeline.ingest.formats.sheets.dialects import columns_called, recognised
from pipeline.ingest.formats.sheets.mapping import ROLE_NAMES, SINGLE_ROLES, Mapping, Sheet
from pipeline.ingest.formats.sheets.text_columns import choose_texts
from pipeline.ingest.formats.sheets.told_columns import tell_columns
from pipeline.ingest.workshop import FileOverride
from pipeline.tables.columns import alias_rank, header_key, matches_alias

_VOTES = ("votes", "votes_contre")
_VOTES_COUNTED_MIN = 0.5
_GROUP_DISTINCT_MAX = 0.7
_WRITTEN_BY_HAND = {"postit": ("post-it", "postit", "post it", "couleur", "gommettes", "sticky note")}


def map_columns(names: list[str], sample: list[list[str]], override: FileOverride | None, sheet: Sheet) -> Mapping:
    """Decide the role of each column.

    Parameters
    ----------
    names : unique headings.
    sample : first rows.
    override : what `atelier.toml` says of this file; it wins over any guess.

    Raises
    ------
    RefusedFileError : no column holds text, or one that `atelier.toml` names is missing.
    NothingSaidError : the table is one of a known tool, where nobody says anything.
    """
    dialect = recognised(names, sample)
    if dialect is not None and dialect.sans_parole:
        raise NothingSaidError(sheet.source, f"{dialect.nom}\u00a0: {dialect.sans_parole}")
    mapping = Mapping(dialect=dialect)
    taken = asked_columns(mapping, names, override, sheet)
    content = [content_of(sample, at) for at in range(len(names))]
    if dialect is not None:
        taken |= tell_columns(mapping, names, content, dialect, taken)
        mapping.finished_at = next(iter(columns_called(names, dialect.achevee)), None) if dialect.achevee else None
    texts: list[tuple[int, int]] = []
    for at, name in enumerate(names):
        if at in taken:
            continue
        role = _role_by_name(name, content[at], mapping)
        if role == "texte":
            texts.append((alias_rank(name, "texte"), at))
        elif role == "contexte":
            mapping.context.append(at)
        elif role in SINGLE_ROLES:
            mapping.single[role] = at
            mapping.context += [at] if role == "groupe" else []
        elif role == "":
            mapping.attributes.append(at)
    if not mapping.text:
        choose_texts(mapping, names, content, sorted(texts))
    else:
        mapping.attributes += [at for _, at in texts]
    if not mapping.text:
        raise _no_text(names, [names[at] for _, at in texts], sheet.source)
    is_survey = _has_one_person_a_row(mapping, names, content) if dialect is None else dialect.canal == "enquete"
    mapping.is_survey = is_survey
    mapping.has_one_table_a_row = not mapping.is_survey and _is_one_table_a_row(mapping, content)
    _explain_rest(mapping, names)
    return mapping


def _has_one_person_a_row(mapping: Mapping, names: list[str], content: list[Content]) -> bool:
    """Whether the cells of a row are one person's answers: they answer questions, or stand beside what is known of her.

    On a wall of post-its typed column by column, chance alone puts two words in one row. What was voted on is nobody's
    answer: votes are never respondents.
    """
    if any(role in mapping.single for role in _VOTES):
        return False
    n_texts, n_questions = len(mapping.text), sum(is_question(names[at]) for at, _ in mapping.text)
    not_of_a_person = {*(at for at, _ in mapping.text), *mapping.context, mapping.single.get("table")}
    is_anyone_known = any(c.n for at, c in enumerate(content) if at not in not_of_a_person)
    if n_texts > 1 and not is_anyone_known:
        return 2 * n_questions >= n_texts  # "Ce qui va", "Ce qui coince", "Et demain ?" are three columns of a wall
    return n_questions > 0 or (n_texts > 1 and is_anyone_known)


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
    if mapping.told is not None:
        return mapping.told.dialect.canal
    if keys & set(_WRITTEN_BY_HAND["postit"]) or (not mapping.tool and "votes" in mapping.single):
        return "postit"
    if mapping.is_survey or any(key.startswith(("reponse", "question")) for key in keys):
        return "enquete"
    if mapping.has_one_table_a_row:
        return "note"
    return "note" if any(header_key(names[at]) in ("note", "notes") for at, _ in mapping.text) else "postit"


def _role_by_name(name: str, content: Content, mapping: Mapping) -> str:
    """The role of a heading; "" for none. A column of addresses is set aside whatever its name."""
    if matches_alias(name, "ecartees") and content.mean_words < 6:
        mapping.choose(name, "écartée", "identifiant ou coordonnée de personne, d'après son titre")
        return "écartée"
    if content.personal > 0.5:
        mapping.choose(name, "écartée", "son contenu : adresses ou numéros de personnes")
        return "écartée"
    for role in SINGLE_ROLES:
        if role not in mapping.single and matches_alias(name, role) and _can_be(role, name, content, mapping):
            return role
    if matches_alias(name, "texte") and (content.mean_words > 0 or not content.n):
        return "texte"
    if matches_alias(name, "contexte") and not (content.colours > 0.5):
        return "contexte"
    return ""


def _can_be(role: str, name: str, content: Content, mapping: Mapping) -> bool:
    """Whether the cells of a column are what its heading says."""
    if role in _VOTES:
        if content.n and content.counted < _VOTES_COUNTED_MIN:
            mapping.notes.append(f"colonne «\u00a0{name}\u00a0»\u00a0: des mots et non des votes, gardée à côté")
            return False
        return True
    if role == "groupe":
        return content.n > 0 and content.distinct <= _GROUP_DISTINCT_MAX
    return content.mean_words < 8


def _explain_rest(mapping: Mapping, names: list[str]) -> None:
    told = {choice.name for choice in mapping.choices}
    for role, at in mapping.single.items():
        if names[at] not in told:
            mapping.choose(names[at], ROLE_NAMES.get(role, role), "son titre")
            told.add(names[at])
    for at in mapping.context:
        if names[at] not in told:
            mapping.choose(names[at], "contexte", "son titre")
    for at in mapping.attributes:
        mapping.choose(names[at], "attribut", "gardé tel quel, à côté de la parole")
