"""`revue.html`: the review in one file, for a facilitator without Python; her decisions come back as a file."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import Section, Sentence
from pipeline.contracts.labels import GROUP_STATE_NAMES, LINK_KIND_NAMES, doubt_told, title_told
from pipeline.language.text.stems import ENDINGS
from pipeline.language.text.stopwords import STOP_WORDS
from pipeline.language.text.typography import capitalized, typeset
from pipeline.review.exchange.heart import heart, heart_told
from pipeline.review.exchange.own_words import asked_as, masked
from pipeline.review.exchange.participants import fill_offline_page
from pipeline.review.exchange.where_told import as_text
from pipeline.review.finding import COLUMN_NAMES, KINDS, SMALL, columns_of, forms_of, known_of, totals_of
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.state import Group, Item, ReviewState

SCRIPTS = ("revue-etat.js", "revue-chercher.js", "revue.js", "page.js")
AROUND = 90
_KINDS = ("toutes", "signaux", "hors_axe", "a_relire")
"""What the search of the page may show: it knows nothing of what is masked or not quoted."""


@dataclass(frozen=True)
class Rose:
    """The rose of the draft: its svg, the same in words, and the ideas of each axis."""

    svg: bytes | None
    told: str
    ideas: Mapping[str, int]


def offline_page(
    state: ReviewState,
    brief: Sequence[Section],
    in_draft: Sequence[str],
    cited: Iterable[str],
    suggestions: Iterable[Mapping[str, Any]],
    rose: Rose,
    title: str,
    identity: str,
) -> str:
    """The page as text.

    Parameters
    ----------
    brief : sections of the one-page draft.
    in_draft, cited : groups that it speaks of, which come first, and items that it quotes.
    suggestions : rows of `name_suggestions`.
    identity : of the run: decisions are kept in the browser under it, and the file that comes back holds them.
    """
    ranks = {group_id: rank for rank, group_id in enumerate(in_draft)}
    ordered = [group for code in COMPASS_CODES for group in state.ordered_groups(code)]
    ordered.sort(key=lambda group: ranks.get(group.group_id, len(ranks)))
    known = set(cited)
    by_strength = sorted(state.items.values(), key=lambda item: (-item.strength, item.item_id))
    columns = columns_of(state)
    value = {
        "identity": identity,
        "title": title,
        "axes": {code: axis.name for code, axis in compass().items()},
        "states": GROUP_STATE_NAMES,
        "linkKinds": LINK_KIND_NAMES,
        "draft": [_section(section) for section in brief],
        "rose": _rose(rose),
        "groups": [_group(group, group.group_id in ranks) for group in ordered],
        "items": [_item(state, item, item.item_id in known, columns) for item in by_strength],
        "links": [
            {"from_item": one, "to_item": two, "kind": link.kind, "state": link.state}
            for (one, two), link in state.links.items()
        ],
        "names": _names(state, suggestions),
        "search": _search(state, columns),
    }
    return fill_offline_page("revue.html", title, value, scripts=SCRIPTS)


def _search(state: ReviewState, columns: Sequence[str]) -> dict[str, Any]:
    """What the page needs to search as the live one does, and to tell who says what."""
    return {
        "kinds": {kind: KINDS[kind][0] for kind in _KINDS},
        "columns": [[key, COLUMN_NAMES.get(key, capitalized(key))] for key in columns],
        "totals": totals_of(state, columns),
        "few": SMALL,
        "endings": ENDINGS,
        "stop": sorted(STOP_WORDS),
        "forms": forms_of(masked(item) for item in state.items.values()),
    }


def _section(section: Section) -> dict[str, Any]:
    """A section as paragraphs."""
    blocks = (block.sentences for block in section.blocks if block.sentences)
    return {"title": section.title, "paragraphs": [_paragraph(sentences) for sentences in blocks]}


def _paragraph(sentences: Sequence[Sentence]) -> dict[str, str]:
    """Its text, what opens it in bold apart."""
    first, text = sentences[0].nodes[0], " ".join(as_text(sentence) for sentence in sentences)
    lead = first.text.strip() if first.strong and first.kind == "text" else ""
    return {"lead": lead, "text": text.removeprefix(lead)}


def _rose(rose: Rose) -> dict[str, str]:
    """Its picture and its heart, each with its words; "" for the picture that is not there."""
    whole, small = _data_address(rose.svg or b""), _data_address(heart(rose.ideas).encode())
    return {"whole": whole, "told": rose.told, "heart": small, "heartTold": heart_told(rose.ideas)}


def _data_address(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode() if svg else ""


def _group(group: Group, is_in_draft: bool) -> dict[str, Any]:
    return {
        "id": group.group_id,
        "axis": group.axis,
        "title": group.title,
        "state": group.state,
        "isInDraft": is_in_draft,
        "titleDoubt": typeset(title_told(group.n_true, group.n_items)) if group.has_doubtful_title else "",
        "comments": [asdict(comment) for comment in group.comments],
    }


def _item(state: ReviewState, item: Item, is_cited: bool, columns: Sequence[str]) -> dict[str, Any]:
    """An item with its anchor: contribution, span and exact text, which its decisions name."""
    source = state.sources[item.contribution_id]
    known = known_of(source)
    return {
        "id": item.item_id,
        "anchor": item.anchor.model_dump(),
        "shown": masked(item),
        "axis": item.axis,
        "group": item.group_id,
        "isDoubtful": item.status == "a_relire",
        "doubt": doubt_told(item.doubt, item.axis, item.second_axis),
        "isCited": is_cited,
        "asked": asked_as(source),
        "source": f"{source.source}, {source.locator}",
        "known": {name: known[name] for name in columns if name in known},
        "votes": source.votes or 0,
        "comments": [asdict(comment) for comment in item.comments],
    }


def _names(state: ReviewState, suggestions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Suspected names that nothing was decided about, each once, with two of the places where it stands."""
    decided = {
        (item.contribution_id, *span)
        for item in state.items.values()
        for span in (*item.masks, *item.named, *item.not_names)
    }
    found: dict[str, dict[str, Any]] = {}
    for row in suggestions:
        contribution_id, start, end, name = (row[key] for key in ("contribution_id", "start", "end", "text"))
        source = state.sources.get(contribution_id)
        if source is None or (contribution_id, start, end) in decided:
            continue
        anchor = ItemAnchor(contribution_id=contribution_id, start=start, end=end, text=name)
        card = found.setdefault(name, {"name": name, "anchor": anchor.model_dump(), "places": []})
        if len(card["places"]) < 2:
            card["places"].append(source.text[max(0, start - AROUND) : end + AROUND])
    return list(found.values())
