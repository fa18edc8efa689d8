"""The map of ideas: one page that opens offline, where what says the same is near, and a group stands together.

Nothing is fetched, and only the style and the script written here may run: the policy of the page holds their digests.

Places are a neighbour embedding (scikit-learn's t-SNE), the same for the same ideas. Its cost grows faster than the
number of ideas: beyond some thousand, it is given some of them, and the others stand among those nearest to them. What
means exactly the same has one place, and its ideas stand around it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.axes import AXIS_CODES, compass
from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.language.text.typography import capitalized, typeset
from pipeline.restitution.exports import Contents
from pipeline.restitution.material.quantifiers import bare_place
from pipeline.restitution.quoting.quotes import masked
from pipeline.workshop.model import Item, Material

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ITEMS_MAX = 100_000
"""Ideas that a browser draws at ease; beyond, they are taken at even steps, and the page says so."""
NO_GROUP = 65_535
Plane = npt.NDArray[np.float32]
Points = npt.NDArray[np.float32]
N_LANDMARKS = 2_000
"""Ideas that are embedded together."""
N_DIMENSIONS, N_NEAR, BLOCK = 50, 5, 4_096
PULL = 0.5
"""How far an idea is drawn to the centre of its group: in the demonstration, 71 % of the three nearest on the plane are
then of its group, 31 % without it."""
PERPLEXITY, N_STEPS = 15, 500
SPREAD = 0.35
"""How far from where its landmarks are an idea is scattered, in distances to the next landmark."""
GOLDEN = np.pi * (3 - np.sqrt(5))
TIE = 0.002
"""How far from each other ideas of one place are put, on a plane of side 1."""


def write(contents: Contents) -> dict[str, bytes]:
    """`<run>-carte.html`."""
    material = contents.material
    title = " · ".join(str(row["titre"]) for row in material.workshops) or contents.name
    items = _evenly(list(material.items.values()))
    plane = positions(contents.meanings([item.item_id for item in items]), [item.group for item in items])
    return {f"{contents.name}-carte.html": page(title, _data(items, plane, material), _note(items, material))}


def page(title: str, data: dict[str, Any], note: str) -> bytes:
    """The page as a file."""
    style, script = ((TEMPLATES / f"carte.{end}").read_text(encoding="utf-8") for end in ("css", "js"))
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    filled = {
        "@POLICY@": f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}",
        "@TITLE@": html.escape(title),
        "@NOTE@": html.escape(typeset(note)),
        "@STYLE@": style,
        "@SCRIPT@": script,
        "@DATA@": text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
    }
    whole = (TEMPLATES / "carte.html").read_text(encoding="utf-8")
    return re.sub("|".join(filled), lambda found: filled[found.group()], whole).encode("utf-8", "replace")


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _evenly(items: list[Item]) -> list[Item]:
    if len(items) <= ITEMS_MAX:
        return items
    return [items[row] for row in np.linspace(0, len(items) - 1, ITEMS_MAX).round().astype(int)]


def _note(items: list[Item], material: Material) -> str:
    told = (
        "Chaque point est une idée. Deux points proches disent presque la même chose, et les idées d’un groupe sont "
        "rapprochées ; la distance entre deux îlots éloignés ne veut rien dire."
    )
    if len(items) == len(material.items):
        return told
    return f"{told} La carte montre {len(items)} idées sur {len(material.items)}, prises à intervalles réguliers."


def _data(items: list[Item], plane: npt.NDArray[np.float32], material: Material) -> dict[str, Any]:
    """Ideas by columns: 16 bits a number, in base64."""
    ranks = {group: rank for rank, group in enumerate(material.groups)}
    places = {place: rank for rank, place in enumerate(dict.fromkeys(map(_place, items)))}
    axes = {axis: rank for rank, axis in enumerate(AXIS_CODES)}
    return {
        "axes": [{"name": axis.name, "color": axis.color} for axis in compass().values()],
        "groups": [
            {"title": group.title, "axis": axes[group.axis], "sides": group.sides_told}
            for group in material.groups.values()
        ],
        "places": list(places),
        "texts": [masked(item) for item in items],
        "x": _packed(plane[:, 0] * NO_GROUP),
        "y": _packed(plane[:, 1] * NO_GROUP),
        "axis": _packed([axes[item.axis] for item in items]),
        "group": _packed([ranks.get(item.group, NO_GROUP) for item in items]),
        "place": _packed([places[_place(item)] for item in items]),
    }


def _place(item: Item) -> str:
    if item.table and item.channel != "enquete":
        return capitalized(bare_place(item.table))
    return capitalized(CHANNEL_NAMES[item.channel].piece)


def _packed(values: Any) -> str:
    return base64.b64encode(np.asarray(values).round().astype("<u2").tobytes()).decode()


def positions(meanings: npt.NDArray[np.floating], groups: Sequence[str]) -> Plane:
    """Places in the unit square, shape (n, 2).

    Parameters
    ----------
    meanings : shape (n, k); their dot products tell how near ideas are.
    groups : the group of each, "" for none.
    """
    if len(meanings) < 2:
        return np.full((len(meanings), 2), 0.5, dtype=np.float32)
    names, labels = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    meanings = np.asarray(meanings, dtype=np.float32)
    centres = _centres(meanings, labels, len(names))
    pull = np.where(names[labels] == "", 0.0, PULL).astype(np.float32)[:, None]
    pulled, same = np.unique((1 - pull) * meanings + pull * centres[labels], axis=0, return_inverse=True)
    some = np.linspace(0, len(pulled) - 1, min(len(pulled), N_LANDMARKS)).round().astype(int)
    axes, centre = _axes(pulled[some])
    points = (pulled - centre) @ axes
    plane = _embedded(points[some])
    plane = (plane if len(some) == len(points) else _among(points, points[some], plane))[same]
    low = plane.min(axis=0)
    side = float((plane.max(axis=0) - low).max()) or 1.0
    spread: Plane = _untied((plane - low) / np.float32(side))
    return np.clip(spread, 0.0, 1.0).astype(np.float32)


def _centres(points: Points, labels: npt.NDArray[np.int64], n: int) -> Points:
    """The mean of the points of each label, shape (n, k)."""
    sums = np.zeros((n, points.shape[1]), dtype=np.float64)
    np.add.at(sums, labels, points)
    return (sums / np.maximum(np.bincount(labels, minlength=n), 1)[:, None]).astype(np.float32)


def _axes(points: Points) -> tuple[Points, Points]:
    """The directions along which points differ most, shape (k, d), and their centre."""
    centre = points.mean(axis=0)
    _, _, directions = np.linalg.svd(points - centre, full_matrices=False)
    signs = np.sign(directions[np.arange(len(directions)), np.abs(directions).argmax(axis=1)])
    return (directions * signs[:, None])[:N_DIMENSIONS].T, centre


def _embedded(points: Points) -> Plane:
    """Points on a plane, neighbours first."""
    first = np.zeros((len(points), 2), dtype=np.float32)
    first[:, : points.shape[1]] = points[:, :2]
    if len(points) < 3 * N_NEAR or not np.ptp(points):
        return first
    from sklearn.manifold import TSNE

    scaled = first / (first[:, 0].std() or 1.0) * np.float32(1e-4)
    perplexity = min(PERPLEXITY, (len(points) - 1) // 3)
    embedding = TSNE(2, init=scaled, perplexity=perplexity, max_iter=N_STEPS, random_state=0, n_jobs=1)
    plane: Plane = embedding.fit_transform(points)
    return plane


def _among(points: Points, landmarks: Points, plane: Plane) -> Plane:
    """Each point where the landmarks nearest to it are, the nearest counting most, as far from its neighbours as
    landmarks are from theirs."""
    apart = np.sqrt(np.maximum(np.partition(_squares(plane, plane), 1, axis=1)[:, 1], 0))
    reach = SPREAD * np.minimum(apart, 2 * np.median(apart))
    found: Plane = np.random.default_rng(0).standard_normal((len(points), 2), dtype=np.float32)
    for start in range(0, len(points), BLOCK):
        rows = slice(start, start + BLOCK)
        far = _squares(points[rows], landmarks)
        near = np.sort(np.argpartition(far, N_NEAR, axis=1)[:, :N_NEAR], axis=1)
        distances = np.take_along_axis(far, near, axis=1)
        weights = 1 / np.maximum(distances, 1e-6) ** 2
        nearest = np.take_along_axis(near, distances.argmin(axis=1)[:, None], axis=1)[:, 0]
        found[rows] *= reach[nearest, None]
        found[rows] += (plane[near] * (weights / weights.sum(axis=1, keepdims=True))[..., None]).sum(axis=1)
    return found


def _squares(points: Points, others: Points) -> Points:
    """Squares of distances, shape (n, m)."""
    far: Points = (others**2).sum(axis=1) - 2 * (points @ others.T) + (points**2).sum(axis=1)[:, None]
    return far


def _untied(plane: Plane) -> Plane:
    """Ideas of one place around it, on a spiral."""
    _, first, labels = np.unique(plane.round(5), axis=0, return_index=True, return_inverse=True)
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(len(first)))
    rank = np.empty(len(plane), dtype=np.int64)
    rank[order] = np.arange(len(plane)) - starts[labels[order]]
    turns, radius = rank * GOLDEN, TIE * np.sqrt(rank)
    return plane + np.stack([np.cos(turns) * radius, np.sin(turns) * radius], axis=1).astype(np.float32)
