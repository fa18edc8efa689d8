"""What the screens show of a place: how far it is, its documents, what is read of its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.contracts.labels import CHANNEL_NAMES, PROVENANCE_NAMES
from pipeline.home.launching import Launches
from pipeline.home.places import Place
from pipeline.ingest.inspection import Inspection
from pipeline.restitution.stage import LABELS

FIRST = {
    "restitution.docx": "Le document pour Word",
    "restitution.html": "Le document pour le web",
}


@dataclass(frozen=True)
class Card:
    """A place in the list of the home page."""

    place: Place
    title: str
    state: str
    when: str
    n_files: int


def card(place: Place, launches: Launches) -> Card:
    """A place, as the list shows it."""
    state = "en cours" if launches.is_under_way(place) else "à relire" if place.is_done else "à préparer"
    when = f"{datetime.fromtimestamp(place.changed):%d/%m/%Y}"
    return Card(place, place.title, state, when, len(place.sources()))


def documents(place: Place) -> dict[str, str]:
    """The documents of a place that are there, by name, and what each is."""
    return {name: label for name, label in (FIRST | LABELS).items() if (place.run / name).is_file()}


def document(place: Place, name: str) -> Path | None:
    """One of these documents."""
    return place.run / name if name in documents(place) else None


def size_told(n_bytes: int) -> str:
    """A size as people read it."""
    if n_bytes < 1024:
        return f"{n_bytes}\u00a0octet{'s' if n_bytes > 1 else ''}"
    value, unit = (n_bytes / 1024, "Kio") if n_bytes < 1 << 20 else (n_bytes / (1 << 20), "Mio")
    return f"{value:.1f}\u00a0{unit}".replace(".", ",")


def origin(inspection: Inspection) -> str:
    """Channel and provenance in words."""
    codes = [code for code in inspection.channel.split(", ") if code]
    channels = [CHANNEL_NAMES[code].content if code in CHANNEL_NAMES else code for code in codes]
    provenances = [PROVENANCE_NAMES.get(name, name) for name in inspection.provenance.split(", ") if name]
    return f"Canal\u00a0: {', '.join(channels)}. Provenance\u00a0: {', '.join(provenances)}"
