"""Columns where people wrote: by their heading, by their content, else what is left."""

from __future__ import annotations

from pipeline.ingest.formats.sheets.cells import Content, is_question
from pipeline.ingest.formats.sheets.mapping import Mapping
from pipeline.tables.columns import alias_rank, is_usual_title, matches_alias


def choose_texts(mapping: Mapping, names: list[str], content: list[Content], texts: list[tuple[int, int]]) -> None:
    by_name = [at for _, at in texts if content[at].n]
    least_words = 6.0 if by_name else 3.5
    beside = _beside_questions(mapping, names, content)
    by_content = [
        at
        for at in mapping.attributes
        if at not in by_name and (at in beside or content[at].is_free_text(names[at], least_words))
    ]
    several = len(by_name) + len(by_content) > 1
    for rank, at in enumerate(sorted(by_name)):
        is_told = several and (rank or by_content) and not _is_plain_text_name(names[at])
        heading = names[at] if is_told or is_usual_title(names[at]) else ""
        mapping.text.append((at, heading))
        mapping.choose(names[at], "texte", "son titre")
    for at in by_content:
        if at in beside:
            mapping.text.append((at, beside[at]))
            mapping.choose(names[at], "texte", "des mots libres à côté d'une question fermée")
        else:
            _take_by_content(mapping, names, at, several)
    if not mapping.text:
        _take_what_is_left(mapping, names, content)
    mapping.text.sort()
    used = {at for at, _ in mapping.text}
    mapping.attributes = [at for at in mapping.attributes if at not in used]


def _beside_questions(mapping: Mapping, names: list[str], content: list[Content]) -> dict[int, str]:
    """Columns of free words beside a closed question (« Autre »), with that question."""
    if mapping.dialect is None:
        return {}
    found = {at: mapping.dialect.without_suffix(names[at]) for at in mapping.attributes if content[at].mean_words > 0}
    return {at: question for at, question in found.items() if question is not None}


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
            mapping.single = {role: at for role, at in mapping.single.items() if at != best}
            mapping.text.append((best, ""))
            mapping.assumed.append(names[best])
            mapping.choose(names[best], "texte", "la seule colonne qui contient des phrases")
    if not mapping.text and len(names) == 1 and content[0].mean_words >= 1:
        mapping.text.append((0, "" if matches_alias(names[0], "texte") else names[0]))
        mapping.choose(names[0], "texte", "la seule colonne")


def _is_plain_text_name(name: str) -> bool:
    return alias_rank(name, "texte") < 9
