"""Who may enter the room and as what: a code, sessions that it signs, what one address or one table may send.

Nothing here names a person: a browser is known by a number that the room drew for it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import socket
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.axes import COMPASS_CODES, compass
from pipeline.folder.files import write_inside

FACILITATOR, TABLE, WATCHER = "animation", "table", "mur"
"""Roles: who sorts what is shown, who types, who looks."""
ROLES = (FACILITATOR, TABLE, WATCHER)
SETTINGS = "reglages.json"
HEADINGS = tuple(compass()[code].heading for code in COMPASS_CODES)
_CONSONANTS, _VOWELS = "bdfklmnprtvz", "aeiou"
_N_SYLLABLES = 5
"""The code can be said aloud: 60 ** 5 of them, and an address may try sixty an hour."""


@dataclass(frozen=True)
class Session:
    """A browser in the room.

    Attributes
    ----------
    role : one of `ROLES`. owner : what tells this browser.
    name : of the table, "" for a person alone; of a facilitator, as she gave it.
    generation : of the code that it entered with.
    """

    role: str
    owner: str
    name: str = ""
    generation: int = 0


@dataclass(frozen=True)
class Settings:
    """What the room keeps between two starts, in a folder that only its owner opens.

    Attributes
    ----------
    secret : signs sessions. token : opens the page of facilitators. code : opens the room to all others.
    generation : counts the changes of both; sessions of an earlier one are closed.
    headings : what a table may choose to write under; at first those of the four axes.
    shows_all : whether words are shown without a nod. is_open : whether tables may type.
    port : listened to last; telephones keep their words for the page that they were typed on, and come back to it.
    """

    secret: str
    token: str
    code: str
    generation: int = 0
    headings: tuple[str, ...] = HEADINGS
    shows_all: bool = False
    is_open: bool = True
    port: int = 0

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """Those of a room; new ones where there are none, or they cannot be read."""
        try:
            saved: dict[str, Any] = json.loads((folder / SETTINGS).read_bytes())
            return cls(**{**saved, "headings": tuple(saved["headings"])})
        except (OSError, ValueError, TypeError, KeyError):
            return cls(secrets.token_hex(32), secrets.token_urlsafe(24), new_code())

    def save(self, folder: Path) -> None:
        """Write them.

        Raises
        ------
        ArtifactError : the disk refuses.
        """
        folder.mkdir(mode=0o700, exist_ok=True)
        write_inside(folder / SETTINGS, lambda file: file.write(json.dumps(self.__dict__).encode()))

    def with_new_code(self) -> Settings:
        """These, with another code and token; all sessions are closed."""
        token = secrets.token_urlsafe(24)
        return replace(self, code=new_code(), token=token, generation=self.generation + 1)

    # sessions -----------------------------------------------------------------------------------------------

    def signed(self, session: Session) -> str:
        """A session as its browser keeps it."""
        told = [session.role, session.owner, session.name, session.generation]
        body = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
        return f"{body}.{self._mark(body)}"

    def session(self, cookie: str) -> Session | None:
        """The session that a cookie tells, whatever its generation; None when it is none of ours."""
        body, _, mark = cookie.partition(".")
        if not hmac.compare_digest(mark.encode(), self._mark(body).encode()):
            return None
        return Session(*json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))

    def lets_in(self, session: Session | None) -> bool:
        """Whether a session is that of somebody who entered by the code, or the token, of now."""
        return session is not None and session.generation == self.generation

    def _mark(self, body: str) -> str:
        return hmac.new(bytes.fromhex(self.secret), body.encode(), hashlib.sha256).hexdigest()[:32]


def new_code() -> str:
    """A code that can be said aloud: `ba-ko-ti-lu-me`."""
    return "-".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_N_SYLLABLES))


def same_code(given: str, code: str) -> bool:
    """Whether a code was typed, whatever its case, spaces and hyphens."""
    letters = "".join(sign for sign in given.casefold() if sign.isalpha())
    return hmac.compare_digest(letters.encode(), code.replace("-", "").encode())


@dataclass
class Allowance:
    """So many things at once, then so many a second, for each name; the names that were seen last are remembered."""

    burst: float
    per_second: float
    n_names_max: int = 5_000
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, name: str, cost: float = 1.0) -> float:
        """Take from what a name has left: 0 when it had enough, else the seconds to wait."""
        now = time.monotonic()
        left, since = self._left.pop(name, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.per_second)
        wait = 0.0 if left >= cost else (cost - left) / self.per_second
        self._left[name] = (left - cost if not wait else left, now)
        while len(self._left) > self.n_names_max:
            del self._left[next(iter(self._left))]
        return wait


def addresses() -> list[str]:
    """The addresses of this computer on networks, those of private networks first; never its loopback."""
    found: dict[str, None] = {}
    for target in ("192.168.0.1", "10.0.0.1", "172.16.0.1", "169.254.0.1", "8.8.8.8"):  # nothing is sent
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
                found[str(probe.getsockname()[0])] = None
            except OSError:
                continue
    try:
        told = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        told = []
    found |= {str(one[4][0]): None for one in told}
    return [one for one in found if not one.startswith(("127.", "0."))]
