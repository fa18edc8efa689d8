"""`rosace` alone: the home page."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli.output import announce_page


def home(folder: Path | None, browser: bool) -> None:
    """Open the home page until interrupted."""
    from pipeline.app.server import open_home
    from pipeline.config import load_config

    def announce(address: str) -> None:
        how_to_stop = "Pour l'arrêter : fermez cette fenêtre, ou Ctrl+C."
        announce_page(address, f"Rosace est ouverte : {address}", how_to_stop=how_to_stop, browser=browser)

    open_home(announce, load_config(None), folder)
