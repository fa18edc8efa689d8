"""Pages of review opened from the home page: one server each, on a port and with a secret of its own.

Acts done in a window can so never fall on another run.
"""

from __future__ import annotations

import threading
from queue import Queue

from pipeline.api import draft
from pipeline.api.exporting import exporter_of
from pipeline.config import Config
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.locks import page_open
from pipeline.home.places import Place
from pipeline.review.app.opening import open_desk
from pipeline.review.app.server import serve


class Reviews:
    """The pages that are open."""

    def __init__(self, settings: Config) -> None:
        self._settings = settings
        self._open: dict[str, str] = {}
        self._lock = threading.Lock()

    def open(self, place: Place, home: str) -> str:
        """The address that opens the page of a place, which is started when it is not yet.

        Raises
        ------
        RosaceError : the run cannot be read, or another works in it.
        """
        with self._lock:
            if place.address not in self._open:
                answer: Queue[str | Exception] = Queue()
                threading.Thread(target=self._serve, args=(place, home, answer), daemon=True).start()
                said = answer.get()
                if isinstance(said, Exception):
                    raise said
                self._open[place.address] = said
            return self._open[place.address]

    def _serve(self, place: Place, home: str, answer: Queue[str | Exception]) -> None:
        try:
            run = RunFolder.open(place.run)
            with page_open(run.path):
                desk = open_desk(run, self._settings, lambda: draft(run.path).warnings, home, exporter_of(run))
                serve(desk, answer.put)
        except Exception as error:  # whoever asked is told, whatever it is
            answer.put(error)
