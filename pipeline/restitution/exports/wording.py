"""The words of each file as they may be shown, whole, and where each idea stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.restitution.exports.contents import Contents
from pipeline.restitution.material.model import Item
from pipeline.restitution.material.sentence_bounds import Span
from pipeline.restitution.quoting.quotes import CUT, masked


@dataclass(frozen=True)
class ShownFile:
    """One file of the workshop.

    Attributes
    ----------
    text : its contributions in reading order, one a paragraph, each under its heading or question where that changes;
        what may not be shown is […].
    spans : ideas in order, each with its place: `text[start:end]` is what may be shown of it.
    """

    name: str
    text: str
    spans: tuple[tuple[Item, Span], ...]


def shown_files(contents: Contents) -> Iterator[ShownFile]:
    """The files of a run, one after the other, without the contributions of which nothing may be shown."""
    siblings, cuts = contents.material.siblings, _cuts(contents)
    whole = contents.tables.contributions.set_index("contribution_id")["text"].to_dict()
    for name, found in groupby(siblings, key=lambda key: siblings[key][0].source):
        parts: list[str] = []
        spans: list[tuple[Item, Span]] = []
        context, length = "", 0
        for contribution_id in found:
            items = siblings[contribution_id]
            heading = f"{items[0].context}\n" if items[0].context not in ("", context) else ""
            context = items[0].context
            pieces = _pieces(str(whole[contribution_id]), items, cuts.get(contribution_id, ()))
            for piece, item in ((heading, None), *pieces, ("\n\n", None)):
                if item is not None:
                    spans.append((item, (length, length + len(piece))))
                parts.append(piece)
                length += len(piece)
        yield ShownFile(name, "".join(parts).replace("\r", " "), tuple(spans))


def _pieces(whole: str, items: Sequence[Item], cuts: Sequence[Span]) -> Iterator[tuple[str, Item | None]]:
    """A contribution piece by piece: what stands around its ideas, and each of them."""
    at = 0
    for item in items:
        yield _around(whole, at, item.start, cuts), None
        yield masked(item), item
        at = item.end
    yield _around(whole, at, len(whole), cuts), None


def _around(whole: str, at: int, end: int, cuts: Sequence[Span]) -> str:
    """The words between two ideas, what may not be shown of them as […]."""
    parts: list[str] = []
    for low, high in cuts:
        if high > at and low < end:
            parts += [whole[at : max(at, low)], CUT]
            at = min(high, end)
    return "".join([*parts, whole[at:end]])


def _cuts(contents: Contents) -> dict[str, list[Span]]:
    """Contribution → what may not be shown of it: ideas that people hid, masked words, names that nobody allowed."""
    tables, known = contents.tables, contents.material.items
    found: dict[str, list[Span]] = {}
    items = tables.items[["item_id", "contribution_id", "start", "end"]]
    for _, contribution_id, *span in items[~items["item_id"].isin(list(known))].itertuples(index=False):
        found.setdefault(str(contribution_id), []).append((int(span[0]), int(span[1])))
    shown = tables.reviewed_items.merge(items, on="item_id")
    for contribution_id, masks in zip(shown["contribution_id"], shown["masks"], strict=True):
        for low, high in masks:
            found.setdefault(str(contribution_id), []).append((int(low), int(high)))
    named = {(item.contribution_id, *span) for item in known.values() for span in item.named}
    names = tables.name_suggestions[["contribution_id", "start", "end"]].itertuples(index=False, name=None)
    for name in names:
        if name not in named:
            found.setdefault(str(name[0]), []).append((int(name[1]), int(name[2])))
    return {contribution_id: sorted(set(spans)) for contribution_id, spans in found.items()}
