"""The home page, opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.config import load_config
from pipeline.home.places import Places
from pipeline.home.server import Home, make_app
from pipeline.review.app.server import listen

FOLDER = "Rosace"
"""Where workshops are kept, in the folder of the person."""


def open_home(announce: Callable[[str], None], folder: Path | None = None) -> None:
    """Listen on this computer only, until interrupted; `announce` gets the address to open."""
    places = Places(folder or Path.home() / FOLDER, Path("runs"))
    home = Home(places, load_config(None))
    try:
        listen(lambda token, port: make_app(home, token, port), announce)
    finally:
        home.launches.stop_all()
