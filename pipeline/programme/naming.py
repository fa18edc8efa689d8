"""What a thread is called: as a person said, else by the title of one of its groups that is true of most workshops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.language.text.words import content_stems
from pipeline.programme.matching.columns import Column
from pipeline.programme.threads import Thread, Woven
from pipeline.restitution.material.kinship import Kinship, place_stems
from pipeline.restitution.material.model import Group, Item, Material
from pipeline.restitution.quoting.quotes import masked, may_tell
from pipeline.restitution.quoting.standing import has_good_title

UNTOLD = "À ne pas citer"
"""The title of what only words that may not be told say."""


def titled(woven: Woven, material: Material) -> Woven:
    """The same threads, each with a title."""
    kinship, places = Kinship(material), place_stems(material)
    threads = (
        one if one.title else replace(one, title=_title_of(one, woven.columns, kinship, places))
        for one in woven.threads
    )
    return replace(woven, threads=tuple(threads))


def as_group(thread: Thread, columns: Mapping[str, Column], is_titled: bool) -> Group:
    """A thread as a group of several workshops."""
    members = tuple(item for key in thread.columns for item in columns[key].items)
    first = next((group for key in thread.columns if (group := columns[key].group) is not None), None)
    return Group(
        group_id=thread.thread_id,
        axis=thread.axis,
        theme_id=first.theme_id if first is not None else "",
        title=thread.title,
        question="",
        keywords=(),
        recurrence=float(len(members)),
        position=0,
        members=members,
        author_text="",
        is_accepted=False,
        is_titled=is_titled,
    )


def _title_of(thread: Thread, columns: Mapping[str, Column], kinship: Kinship, places: frozenset[str]) -> str:
    """A person's title goes first; then those that can be told, name no place, and are true of most workshops, then of
    most ideas; without any group, the shortest of its ideas."""
    groups = [group for key in thread.columns if (group := columns[key].group) is not None]
    if not groups:
        alone = (columns[key].items[0] for key in thread.columns)
        told = [masked(item).rstrip(" .") for item in alone if may_tell(item)]
        return min(told, key=lambda text: (len(text), text), default=UNTOLD)

    def rank(group: Group) -> tuple[bool, bool, bool, int, int, int, str]:
        named = replace(thread, thread_id=f"{thread.thread_id} {group.group_id}", title=group.title)
        true_of = kinship(as_group(named, columns, is_titled=False))
        is_local = bool(places & set(content_stems(group.title)))
        is_good = has_good_title(group)
        n = len(_homes(true_of)), len(true_of)
        return not group.is_titled, is_local, not is_good, -n[0], -n[1], len(group.title), group.group_id

    return min(groups, key=rank).title


def _homes(items: Sequence[Item]) -> set[str]:
    return {item.workshop for item in items}
