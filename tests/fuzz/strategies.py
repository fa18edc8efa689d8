"""What is drawn to harm: broken files of every format, sheets and cells by type, names of files, identifiers that stand
in sentences, requests to the page.

Draws are the same at each run and few; with `ROSACE_LONG=1` they are many, and others each time
(`tests/bench/nightly.py`). What was found stands in `found.py`, or as an `@example` beside the property that it broke.
"""

import datetime
import math
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pipeline.ingest.workshop import DeclaredTable, FileOverride, Header
from tests.fuzz import found

IS_LONG = bool(os.environ.get("ROSACE_LONG"))
COUNTS = "ROSACE_COUNTS"
"""The variable that names the file in which long runs count what they tried."""


def drawn(usual: int, many: int) -> settings:
    """How many examples, by day and by night."""
    return settings(
        max_examples=many if IS_LONG else usual,
        derandomize=not IS_LONG,
        database=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def count(what: str, n: int = 1) -> None:
    """Note what was tried, where somebody asked for it."""
    if COUNTS in os.environ:
        with Path(os.environ[COUNTS]).open("a", encoding="utf-8") as file:
            file.write(f"{what}\t{n}\n")


# bytes ----------------------------------------------------------------------------------------------------------

HEALTHY = found.healthy()
CHANGES = st.tuples(
    st.sampled_from(("set", "insert", "over", "cut", "repeat")),
    st.integers(0, 1 << 20),
    st.one_of(st.binary(min_size=1, max_size=4), st.sampled_from(found.SPLINTERS)),
    st.integers(1, 400),
)


def changed(content: bytes, changes: list[tuple[str, int, bytes, int]], kept: float) -> bytes:
    """Some bytes after these changes, and their first part alone."""
    spoilt = bytearray(content)
    for kind, place, piece, n in changes:
        at = place % (len(spoilt) + 1)
        match kind:
            case "set":
                spoilt[at : at + 1] = piece[:1]
            case "insert":
                spoilt[at:at] = piece
            case "over":
                spoilt[at : at + len(piece)] = piece
            case "cut":
                del spoilt[at : at + n % 40]
            case _:
                spoilt[at:at] = bytes(spoilt[at : at + n]) * (1 + n % 4)
    return bytes(spoilt[: math.ceil(kept * len(spoilt))])


@st.composite
def broken_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A small healthy file of some format, some bytes of it changed: of the whole, or of a member of an archive."""
    name = draw(st.sampled_from(sorted(HEALTHY)))
    content = HEALTHY[name]
    changes = draw(st.lists(CHANGES, min_size=1, max_size=8))
    kept = draw(st.just(1.0) | st.floats(0, 1))
    if content.startswith(b"PK") and draw(st.booleans()):
        members = found.members_of(content)
        member = draw(st.sampled_from(sorted(members)))
        return name, found.with_members(content, {member: changed(members[member], changes, kept)})
    return name, changed(content, changes, kept)


SIGNS = st.characters(codec="utf-8", exclude_characters="/\0")
NAMES = st.one_of(
    st.text(SIGNS, min_size=1, max_size=40),
    st.sampled_from(("-", "--help", "%s", "a\nb", "\u202egnp", "con", "~", "*", "é" * 100, "a" * 240, " ", "¹", "..a")),
).filter(lambda name: name not in (".", "..") and len(name.encode()) <= 240)
"""Names that a disk takes."""


# sheets and cells -----------------------------------------------------------------------------------------------

TEXTS = st.sampled_from(
    ["", "²", "１２", " 4 ", "-3", "1e400", "9" * 30, "a\tb", "é\u202e", "*", "[", "\u00a0"]
) | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
NUMBERS = st.sampled_from([0, -1, 2**63, -(2**63) - 1, 10**30, math.inf, math.nan, -0.0, 2.5, 1e308]) | st.integers()
DATES = st.dates() | st.times() | st.datetimes()
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS | NUMBERS | st.booleans() | DATES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)
CELLS = TEXTS | NUMBERS.map(str) | DATES.map(str)


def as_toml(value: Any) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value) + '"'
        case float():
            return {math.inf: "inf", -math.inf: "-inf"}.get(value, "nan" if math.isnan(value) else repr(float(value)))
        case datetime.date() | datetime.time():
            return value.isoformat()
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{key} = {as_toml(inner)}" for key, inner in value.items()) + "}"
    return str(value)


def _section(fields: Any) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(st.sampled_from(sorted(fields)), VALUES, max_size=4)
    return pairs.map(lambda given: "\n".join(f"{key} = {as_toml(value)}" for key, value in given.items()))


SHEETS = st.tuples(
    _section(Header.model_fields), _section(DeclaredTable.model_fields), _section(FileOverride.model_fields)
).map(lambda parts: "[atelier]\n{}\n[[tables]]\nnumero = 1\n[[tables]]\n{}\n[[fichiers]]\n{}\n".format(*parts))


# identifiers ----------------------------------------------------------------------------------------------------

DIGITS = st.text("0123456789", min_size=8, max_size=8)
JOINTS = st.sampled_from((" ", ".", "-", "", "/", "\u00a0", "\u202f", " - ", "_", "\n", "…"))
OPENINGS = ("", "Bonjour, ", "Le bus manque le soir. ", "Rappelez-nous, merci : ", "Vous pouvez me joindre, ", "(")
CLOSINGS = ("", ".", ", merci", " pour en parler", ") si besoin", " – le soir plutôt", "\nÀ bientôt")


def _pairs(digits: str, joint: str) -> str:
    return joint.join(digits[at : at + 2] for at in range(0, len(digits), 2))


@st.composite
def _telephones(draw: st.DrawFn) -> tuple[str, str]:
    digits, joint = draw(DIGITS), draw(JOINTS)
    start = draw(st.sampled_from(("06", "07")))
    shape = draw(st.sampled_from(("06", "+33 6", "0033 6", "+33 (0)6")))
    told = _pairs(start + digits, joint) if shape == "06" else shape[:-1] + start[1] + " " + _pairs(digits, joint)
    return f"mon numéro est le {told}", digits


@st.composite
def _mails(draw: st.DrawFn) -> tuple[str, str]:
    first, last = (draw(st.text("bcdfgklmnprstvz", min_size=4, max_size=8)) for _ in range(2))
    sign, point = draw(
        st.sampled_from(
            (
                ("@", "."),
                (" @ ", "."),
                (" arobase ", " point "),
                ("(at)", "."),
                ("＠", "."),
                (" at ", "."),
                ("_at_", "."),
            )
        )
    )
    host = draw(st.sampled_from(("gmail", "orange", "laposte", "free")))
    end = draw(st.sampled_from(("fr", "com", "net")))
    return f"écrivez à {first}.{last}{sign}{host}{point}{end}", f"{first}.{last}"


def iban(account: str) -> str:
    """A French account with its key."""
    rest = int(account + "152700")
    return f"FR{98 - rest % 97:02d}{account}"


@st.composite
def _accounts(draw: st.DrawFn) -> tuple[str, str]:
    account = draw(st.text("0123456789", min_size=23, max_size=23))
    told, joint = iban(account), draw(st.sampled_from((" ", "", "-", "\u00a0")))
    cut = joint.join(told[at : at + 4] for at in range(0, len(told), 4))
    if draw(st.booleans()):  # a piece of one, announced
        n = draw(st.integers(14, 26))
        return f"mon IBAN {told[:n]}", account[: n - 4]
    return f"mon compte : {cut.lower() if draw(st.booleans()) else cut}", account


@st.composite
def _insured(draw: st.DrawFn) -> tuple[str, str]:
    parts = (
        draw(st.sampled_from("12")),
        f"{draw(st.integers(0, 99)):02d}",
        f"{draw(st.integers(1, 12)):02d}",
        f"{draw(st.integers(1, 95).filter(lambda n: n != 20)):02d}",
        f"{draw(st.integers(1, 999)):03d}",
        f"{draw(st.integers(1, 999)):03d}",
    )
    number = "".join(parts)
    joint = draw(st.sampled_from((" ", "", ".", "-", "\u00a0")))
    return f"je suis le {joint.join((*parts, f'{97 - int(number) % 97:02d}'))}", number


@st.composite
def _cards(draw: st.DrawFn) -> tuple[str, str]:
    digits = draw(st.sampled_from("245")) + draw(st.text("0123456789", min_size=14, max_size=14))
    doubled = sum(sum(divmod(2 * int(one), 10)) if at % 2 == 0 else int(one) for at, one in enumerate(digits))
    number = digits + str(-doubled % 10)
    joint = draw(st.sampled_from((" ", "", "-", "\u00a0")))
    length = draw(st.sampled_from((16, 12)))  # the last four digits are often left out
    return f"ma carte bancaire {joint.join(number[at : at + 4] for at in range(0, length, 4))}", number[:length]


@st.composite
def _births(draw: st.DrawFn) -> tuple[str, str]:
    date = draw(st.dates(datetime.date(1930, 1, 1), datetime.date(2010, 12, 31)))
    told = date.strftime(draw(st.sampled_from(("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d / %m / %Y"))))
    return (
        f"{draw(st.sampled_from(('je suis né le', 'née le', 'nées le', 'nee le', 'date de naissance :')))} {told}",
        told,
    )


@st.composite
def _plates(draw: st.DrawFn) -> tuple[str, str]:
    letters = st.text("ABCDEFGHJKLMNPQRSTVWXYZ", min_size=2, max_size=2)
    joint = draw(st.sampled_from(("-", " ", "")))
    told = joint.join((draw(letters), f"{draw(st.integers(1, 999)):03d}", draw(letters)))
    return f"ma voiture {told} gêne", told


@st.composite
def _homes(draw: st.DrawFn) -> tuple[str, str]:
    n, way = draw(st.integers(1, 199)), draw(st.sampled_from(("rue", "avenue", "chemin", "impasse", "allée", "place")))
    name = draw(st.sampled_from(("des Lilas", "du Moulin", "de la Gare", "Victor Hugo", "des Écoles", "du Vieux Pont")))
    lead = draw(st.sampled_from(("j'habite au", "j’habite", "mon adresse :", "mon adresse est le")))
    return f"{lead} {n} {way} {name}", f"{n} {way} {name}"


@st.composite
def _pseudonyms(draw: st.DrawFn) -> tuple[str, str]:
    name = draw(st.text("bcdfgklmnprstvz", min_size=5, max_size=9)) + draw(st.sampled_from(("_", "."))) + "38"
    lead = draw(
        st.sampled_from(("@", "mon insta : @", "Instagram : ", "sur Telegram : @", "Snapchat : ", "Facebook : "))
    )
    return f"{lead}{name}", name


@st.composite
def _machines(draw: st.DrawFn) -> tuple[str, str]:
    address = draw(st.ip_addresses(v=4).filter(lambda ip: ip.is_global))
    return f"connexion depuis {address}", str(address)


KINDS = {
    "telephone": _telephones(), "courriel": _mails(), "IBAN": _accounts(), "NIR": _insured(), "carte": _cards(),
    "naissance": _births(), "plaque": _plates(), "adresse": _homes(), "pseudo": _pseudonyms(), "IP": _machines(),
}  # fmt: skip


@st.composite
def planted(draw: st.DrawFn, kind: str) -> tuple[str, str]:
    """A sentence that holds an identifier which the page on privacy says to be masked, and its secret part."""
    told, secret = draw(KINDS[kind])
    opening, closing = draw(st.sampled_from(OPENINGS)), draw(st.sampled_from(CLOSINGS))
    return f"{opening}{told}{closing}", secret


# requests -------------------------------------------------------------------------------------------------------

ODD = st.sampled_from(
    ("", "..", "../..", "%00", "'", '"><script>alert(1)</script>', "{{7*7}}", "a" * 5000, "²", "-1", "1e400", "nan",
     "c|0|9|x", "c|-1|x|", "x y", "é\u202e", "\x00", "\ud7ff", "9" * 4400, "oui", "aucun", "\r\nSet-Cookie: a=b")
) | st.text(st.characters(codec="utf-8"), max_size=20)  # fmt: skip


def forms(ops: list[str], names: list[str], known: list[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    """What is sent to do an act: a kind of act, and under any name, values that exist and values that do not."""
    values = st.lists(st.sampled_from(known) | ODD, min_size=1, max_size=3)
    fields = st.dictionaries(st.sampled_from(names), values, max_size=5)
    return st.tuples(st.sampled_from(ops) | ODD, fields).map(lambda drawn: {"op": [drawn[0]], **drawn[1]})


def paths(templates: list[str], known: list[str]) -> st.SearchStrategy[str]:
    """Addresses of the page: each of its own with any part in it, with a query or none."""
    parts = (st.sampled_from(known) | ODD).map(lambda part: quote(part, safe=""))
    queries = st.dictionaries(st.sampled_from(["q", "axe", "page", "tri", "de", "theme", "etat"]), ODD, max_size=3)

    def filled(template: str) -> st.SearchStrategy[str]:
        pieces = [parts if piece.startswith("{") else st.just(piece) for piece in template.split("/")]
        return st.tuples(*pieces).map("/".join)

    asked = st.sampled_from(templates).flatmap(filled)
    return st.tuples(asked, queries).map(
        lambda drawn: drawn[0] + ("?" + "&".join(f"{key}={quote(value)}" for key, value in drawn[1].items()))
    )
