"""`rosace` alone: the home page."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path


def home(folder: Path | None, browser: bool) -> None:
    """Open the home page until interrupted."""
    from pipeline.app.server import open_home
    from pipeline.config import load_config

    def announce(address: str) -> None:
        print(f"Rosace est ouverte : {address}", flush=True)
        print("Pour l'arrêter : fermez cette fenêtre, ou Ctrl+C.", file=sys.stderr)
        if browser:
            webbrowser.open(address)

    open_home(announce, load_config(None), folder)
