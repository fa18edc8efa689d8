"""What ideas stand under, when it is somebody's words (a bullet that introduces others, a proposal that is answered).

What may not be shown of these words is not shown there either.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from pipeline.restitution.material.model import Item
from pipeline.restitution.material.sentence_bounds import Span

_JOINT = " > "
_EDGES = " \t:;,.–—-*•\u00a0\u202f"
_MASK = "[…]"
Spans = Mapping[str, Iterable[Span]]
Opening = tuple[str, tuple[Span, ...], tuple[Span, ...]]
"""Words on one line without their edges, the spans of them that are silent, those that are masked."""


def with_shown_contexts(
    items: dict[str, Item], contributions: pd.DataFrame, silent: Spans, masks: Spans
) -> dict[str, Item]:
    """The ideas, their contexts without the words of others that are hidden, the names in them shown […].

    Parameters
    ----------
    silent, masks : contribution → spans of its words.
    """
    rows = contributions[contributions["contribution_id"].isin({*silent, *masks})]
    by_workshop: dict[str, list[Opening]] = {}
    for one, workshop, text in zip(rows["contribution_id"], rows["workshop"], rows["text"], strict=True):
        by_workshop.setdefault(workshop, []).append(_opening(text, silent.get(one, ()), masks.get(one, ())))
    for openings in by_workshop.values():
        openings.sort()
    found: dict[tuple[str, str], str] = {}
    for item in items.values():
        key = item.workshop, item.context
        if item.context and item.workshop in by_workshop and key not in found:
            parts = (_shown(part, by_workshop[item.workshop]) for part in item.context.split(_JOINT))
            found[key] = _JOINT.join(filter(None, parts))
    changed = {key: told for key, told in found.items() if told != key[1]}
    if not changed:
        return items
    return {
        name: replace(item, context=changed.get((item.workshop, item.context), item.context))
        for name, item in items.items()
    }


def _opening(text: str, silent: Iterable[Span], masks: Iterable[Span]) -> Opening:
    line = " ".join(text.split())
    bare = line.strip(_EDGES)
    cut = line.find(bare)

    def placed(spans: Iterable[Span]) -> tuple[Span, ...]:
        ends = ((len(" ".join(text[:low].split())), len(" ".join(text[:high].split()))) for low, high in spans)
        found = ((low + (line[low : low + 1] == " ") - cut, high - cut) for low, high in ends)
        return tuple(sorted((max(0, low), high) for low, high in found if high > 0))

    return bare, placed(silent), placed(masks)


def _shown(part: str, openings: list[Opening]) -> str:
    """A part of a context, without what nobody may read of the words that it repeats; "" for none of it."""
    found = list(_repeated(part, openings))
    length = len(part.removesuffix("…").strip(_EDGES))
    if any(low < length for _, silent, _ in found for low, _ in silent):
        return ""
    start = part.find(found[0][0][:1]) if found else 0
    for low, high in reversed(_joined(span for _, _, masks in found for span in masks if span[0] < length)):
        part = part[: start + low] + _MASK + part[start + min(high, length) :]
    return part


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return found


def _repeated(part: str, openings: list[Opening]) -> Iterator[Opening]:
    """The words that a part of a context repeats whole, or the beginning of which it repeats."""
    bare = part.removesuffix("…").strip(_EDGES)
    at = bisect_left(openings, (bare,)) if bare else len(openings)
    for opening in openings[at:]:
        if not opening[0].startswith(bare):
            return
        if opening[0] == bare or part.endswith("…"):
            yield opening
