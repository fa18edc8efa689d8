"""Sentences that the author deleted: a group whose every sentence went is hidden, words told nowhere are not quoted."""

from __future__ import annotations

from collections import defaultdict

from pipeline.contracts.draft import TitleNode
from pipeline.language.text.typography import NO_BREAK
from pipeline.review.exchange.document.correcting import Correcting, Place, quoted, said
from pipeline.review.exchange.document.delivered import Said
from pipeline.review.log.state import Group
from pipeline.review.session import Wish


def read_deletions(reader: Correcting) -> None:
    """The acts that deletions ask for; a deletion that no act can say is told."""
    done = _hide_groups(reader)
    for (row, _), one in reader.gone.items():
        line = reader.lines[row]
        if not set(line.groups) & done:
            _read_sentence(reader, line.section, one)


def _read_sentence(reader: Correcting, section: str, one: Said) -> None:
    items = [reader.state.items[key] for key in one.sentence.quoted_items if key in reader.state.items]
    told = f"la phrase {quoted(one.sentence.text)} est effacée"
    if not items:
        reader.lose(section, f"{told}{NO_BREAK}: elle ne porte ni citation ni groupe à elle seule")
    for item in items:
        if reader.is_told(item):
            reader.lose(section, f"{told}{NO_BREAK}: {said(item)} est encore ailleurs dans le texte")
        elif item.group_id is None and not item.is_hidden:
            reader.add(Wish("hide", items=(item.item_id,)), f"{said(item)}{NO_BREAK}: masquée", value=True)
        elif item.group_id is not None:
            reader.ban(item, "sa phrase est effacée")


def _hide_groups(reader: Correcting) -> set[str]:
    """Hide the groups whose every sentence went; those that another section names still are told, and left."""
    sentences: dict[str, list[Place]] = defaultdict(list)
    for row, line in enumerate(reader.lines):
        if len(line.groups) == 1 and not line.is_annex:
            sentences[line.groups[0]] += [(row, rank) for rank in range(len(line.said))]
    done = set()
    for key, places in sentences.items():
        group = reader.state.groups.get(key)
        if group is not None and all(place in reader.gone for place in places):
            done.add(key)
            if not group.is_hidden:
                _hide_group(reader, group, reader.lines[places[0][0]].section)
    return done


def _hide_group(reader: Correcting, group: Group, section: str) -> None:
    left = _sections_that_name(reader, group)
    if left:
        told = ", ".join(map(quoted, left))
        reader.lose(section, f"le paragraphe de {quoted(group.title)} est effacé, mais {told} en parle encore")
    else:
        told = f"{quoted(group.title)}{NO_BREAK}: masqué, son paragraphe est effacé"
        reader.add(Wish("hide", groups=(group.group_id,)), told, value=True)


def _sections_that_name(reader: Correcting, group: Group) -> list[str]:
    found = {
        line.section
        for row, line in enumerate(reader.lines)
        for rank, one in enumerate(line.said)
        if not line.is_annex
        and (row, rank) not in reader.gone
        and any(isinstance(node, TitleNode) and node.ref.group_id == group.group_id for node in one.sentence.nodes)
    }
    return sorted(found)
