"""A photo of a wall, typed beside it: one line a card, the title of its column; saved whole at each line.

The table stands beside the photo under its name, where the engine reads it as any other.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError, os_reason
from pipeline.folder.files import write_outside
from pipeline.home.places import Place
from pipeline.home.sheet import one_line
from pipeline.ingest.corpus_files import PHOTOS

HEADINGS = ["Problématique", "Texte"]
N_CARDS_MAX = 2000

Card = tuple[str, str]
"""The title of a column of the wall, and what a card says."""


def photo(place: Place, name: str) -> Path | None:
    """A photo of a workshop, among its files."""
    paths = (path for source, path, _ in place.sources() if source == name)
    return next((path for path in paths if is_photo(path.name)), None)


def is_photo(name: str) -> bool:
    """Whether a file is a photo that can be typed."""
    return Path(name).suffix.lower() in PHOTOS


def typed_cards(path: Path) -> list[Card]:
    """The cards typed of a photo so far.

    Raises
    ------
    UsageError : another table bears this name.
    """
    table = path.with_suffix(".csv")
    try:
        rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")), delimiter=";"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "ce n’est pas un tableau écrit ici"
        raise UsageError(f"{table.name} ne peut pas être lu ({reason}). Renommez-le, ou la photo.") from error
    if not rows or rows[0] != HEADINGS or any(len(row) != len(HEADINGS) for row in rows):
        raise UsageError(f"{table.name} existe déjà, et n’a pas été saisi ici. Renommez-le, ou la photo.")
    return [(group, text) for group, text in rows[1:]]


def cards_of(form: Mapping[str, Any]) -> list[Card]:
    """The cards of the form, in order; a line without words is no card."""
    lines = ((one_line(form.get(f"groupe-{n}")), one_line(form.get(f"texte-{n}"))) for n in range(N_CARDS_MAX))
    return [card for card in lines if card[1]]


def save_cards(path: Path, cards: list[Card]) -> None:
    """Write the cards of a photo beside it; without any, no table is left."""
    typed_cards(path)  # what was not typed here is not overwritten
    table = path.with_suffix(".csv")
    if not cards:
        table.unlink(missing_ok=True)
        return
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows([HEADINGS, *cards])
    write_outside(table, text.getvalue().encode("utf-8-sig"))
