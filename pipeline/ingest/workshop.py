"""`atelier.toml`: the header of the restitution, the declared tables, how to read given files; and its blank copy."""

import copy
import datetime
import fnmatch
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pipeline.config import Closed
from pipeline.contracts.labels import UNNAMED
from pipeline.contracts.numbers import ABOUT, LARGEST, PEOPLE_MAX, whole_number
from pipeline.errors import UsageError
from pipeline.ingest.formats.detection import display_name
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_text
from pipeline.language.text.typography import in_figures
from pipeline.toml_files import read_toml, refused, refused_keys

WORKSHOP_FILE = "atelier.toml"
ROOT_WORKSHOP = "atelier"
_COLUMN_ROLES = ("contexte", "table", "voix", "votes", "votes_contre", "groupe", "date")
_TABLE_LABEL = re.compile(r"^\s*(?:table|groupe|atelier|tbl)?\s*(?:n\s*[°o]\s*)?0*(\d{1,4})\s*$", re.IGNORECASE)
_TABLE_LETTER = re.compile(r"^\s*(?:(?:table|groupe|tbl)\s+)?([a-z])\s*$", re.IGNORECASE)
_TABLE_IN_NAME = re.compile(r"(?:^|[^a-z])table[\s_\-]*(?:n[°o])?[\s_\-]*0*(\d{1,3})(?!\d)", re.IGNORECASE)


def table_label(text: str) -> str:
    """The label of a table: `Table 03`, `table n°3` and `3` are `3`, `table b` is `B`; another name stays as it is."""
    if numbered := _TABLE_LABEL.match(text):
        return str(int(numbered.group(1)))
    lettered = _TABLE_LETTER.match(text)
    return lettered.group(1).upper() if lettered else " ".join(text.split())


def _declared_label(value: Any) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST
    if not is_number and not isinstance(value, str):
        raise PydanticCustomError("section", "no label", {"expected": "un numéro, ou un nom entre guillemets"})
    return table_label(str(value))


TableLabel = Annotated[str, BeforeValidator(_declared_label)]


def _counted(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "no number")
    number = whole_number(in_figures(value), PEOPLE_MAX) if isinstance(value, str) else None
    if number is None and isinstance(value, str) and any(map(str.isalpha, value)):
        raise PydanticCustomError(
            "section", "in words", {"expected": "un nombre, « 20 » ou « environ 20 », ou rien si vous l'ignorez"}
        )
    return value if number is None else number


People = Annotated[int, BeforeValidator(_counted), Field(ge=0, le=PEOPLE_MAX)]


_PEOPLE = re.compile(
    rf"(?P<about>(?:environ|à peu près|près de)\s+)?(?:(?P<n>\d+)|une\s+(?P<word>{'|'.join(ABOUT)}))"
    r"(?P<after>\s+environ)?"
    r"(?:\s+(?:de\s+|d['’])?[^\W\d_]+(?:[\s'’-][^\W\d_]+)*)?",
    re.IGNORECASE,
)


def people_said(text: str) -> dict[str, int | bool]:
    """How many people somebody says that there were, by the fields of `Header`: « trente », « environ 20 », « une
    trentaine d’habitants »; {} where no number is said, or several."""
    found = _PEOPLE.fullmatch(in_figures(text).strip())
    if found is None:
        return {}
    number = int(found["n"]) if found["n"] else ABOUT[found["word"].lower()]
    is_about = bool(found["about"] or found["word"] or found["after"])
    return {"participants": number, **({"participants_environ": True} if is_about else {})}


Day = Annotated[str, BeforeValidator(lambda value: value.isoformat() if isinstance(value, datetime.date) else value)]
"""A date as text, written in TOML as one or between quotation marks."""


class Header(Closed):
    """`[atelier]`."""

    titre: str = ""
    date: Day | None = None
    lieu: str | None = None
    territoire: str | None = None
    format_animation: str | None = None
    anime_par: str | None = None
    auteur: str | None = None
    pour_en_savoir_plus: str | None = None
    participants: People | None = None
    participants_environ: bool = False
    """Whether nobody counted them: « environ 20 », « une vingtaine »."""
    intervenants_nommes: bool = False
    """Whether those who speak are public and named; else a pseudonym stands for each: `Voix 3`."""

    @model_validator(mode="before")
    @classmethod
    def _about(cls, values: Any) -> Any:
        said = values.get("participants") if isinstance(values, dict) else None
        return {**values, **people_said(said)} if isinstance(said, str) else values

    @field_validator("anime_par", "auteur", "lieu", mode="before")
    @classmethod
    def _list_as_text(cls, value: Any) -> Any:
        is_list = isinstance(value, list) and all(isinstance(part, str) for part in value)
        return ", ".join(value) if is_list else value

    @field_validator("*", mode="after")
    @classmethod
    def _readable(cls, value: Any) -> Any:
        """No sign that a document cannot hold."""
        return (
            "".join(sign for sign in value if sign.isprintable() or sign == "\n") if isinstance(value, str) else value
        )


class DeclaredTable(Closed):
    """`[[tables]]`."""

    numero: TableLabel
    sujet: str | None = None
    participants: People | None = None


class FileOverride(Closed):
    """`[[fichiers]]`: what is said here wins over any guess. `nom` may hold `*`. A workbook may have one column of a
    role in each of its sheets."""

    nom: str
    ignorer: bool = False
    table: TableLabel | None = None
    canal: Literal["postit", "note", "enquete", "transcript", "document"] | None = None
    """What it is; of a `document`, nothing was said at the meeting."""
    provenance: Literal["ecrit", "note", "transcription"] | None = None
    contexte: str | None = None
    jour: Day | None = None
    """The day of its meeting, where its words and its name tell two."""
    colonnes_texte: tuple[str, ...] = ()
    colonne_contexte: tuple[str, ...] = ()
    colonne_table: tuple[str, ...] = ()
    colonne_voix: tuple[str, ...] = ()
    colonne_votes: tuple[str, ...] = ()
    colonne_votes_contre: tuple[str, ...] = ()
    colonne_groupe: tuple[str, ...] = ()
    colonne_date: tuple[str, ...] = ()
    colonnes_position: tuple[str, ...] = ()
    colonnes_ecartees: tuple[str, ...] = ()
    colonnes_gardees: tuple[str, ...] = ()
    intervenants: tuple[str, ...] = ()
    pas_intervenants: tuple[str, ...] = ()
    pas_une_parole: tuple[str, ...] = ()
    paroles: tuple[str, ...] = ()
    sans_voix: tuple[str, ...] = ()
    """Where nobody knows any more who speaks, up to the next turn."""

    @field_validator(
        *("colonnes_texte", "colonnes_position", "colonnes_ecartees", "colonnes_gardees"),
        *(f"colonne_{role}" for role in _COLUMN_ROLES),
        *("intervenants", "pas_intervenants", "pas_une_parole", "paroles", "sans_voix"),
        mode="before",
    )
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value

    @property
    def columns(self) -> dict[str, str]:
        """The columns that are named, and their role."""
        return {
            **dict.fromkeys(self.colonnes_texte, "texte"),
            **dict.fromkeys(self.colonnes_position, "position"),
            **{column: role for role in _COLUMN_ROLES for column in getattr(self, f"colonne_{role}")},
            **dict.fromkeys(self.colonnes_ecartees, "écartée"),
            **dict.fromkeys(self.colonnes_gardees, "attribut"),
        }


class Sheet(Closed):
    """The whole of `atelier.toml`."""

    atelier: Header = Header()
    tables: tuple[DeclaredTable, ...] = ()
    fichiers: tuple[FileOverride, ...] = ()
    themes: Any = None
    """Titles, which `pipeline.place.given` reads."""
    personnes: Mapping[str, str] = {}
    """Name as files write it → the other name of the same person; itself, for somebody else than who is called nearly
    so; "", for nobody: a label that was taken for a name."""
    textes: Mapping[str, str] = {}
    """Part of the restitution (`fil_rouge`, `suites`…), or title → what its author wrote."""


@dataclass(frozen=True)
class Workshop:
    """One workshop: `folder` relative to the corpus ("" for the whole corpus), its key, its entry sheet; `told` are
    the numbers of the sheet that were left out, one line each for people."""

    folder: str
    key: str
    header: Header
    tables: tuple[DeclaredTable, ...]
    overrides: tuple[FileOverride, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    is_named_after_folder: bool = False
    people: Mapping[str, str] = field(default_factory=dict)

    def override_of(self, source: str) -> FileOverride | None:
        """What `[[fichiers]]` says of a file of this workshop; the first that matches wins."""
        inside = source[len(self.folder) :].lstrip("/") if self.folder else source
        names = (inside, inside.rsplit("/", 1)[-1])
        return next((one for one in self.overrides if any(fnmatch.fnmatchcase(name, one.nom) for name in names)), None)


def table_in_name(source: str) -> str | None:
    """The table that a file name speaks of: `notes_table-3.docx` → `3`."""
    found = _TABLE_IN_NAME.search(source.rsplit("/", 1)[-1])
    return str(int(found.group(1))) if found else None


def find_workshops(corpus: Path, sources: list[str]) -> list[Workshop]:
    """The workshops of a corpus, outermost first: one per `atelier.toml`.

    Without any, the corpus is one workshop; or one per folder when it holds nothing but folders.

    Raises UsageError: an `atelier.toml` that cannot be read, an unknown key in it, or a refused value that is no
    number.
    """
    folders = sorted({s.rpartition("/")[0] for s in sources if s.rpartition("/")[2] == WORKSHOP_FILE})
    if not folders:
        tops = sorted({s.split("/", 1)[0] for s in sources if "/" in s})
        if len(tops) > 1 and all("/" in source for source in sources):
            return [Workshop(top, top, Header(titre=_title(top)), (), (), is_named_after_folder=True) for top in tops]
        return [_unnamed(corpus)]
    workshops = [_load(corpus, folder) for folder in folders]
    is_covered = "" in folders or all(any(s.startswith(f"{folder}/") for folder in folders) for s in sources)
    return workshops if is_covered else [_unnamed(corpus), *workshops]


def _unnamed(corpus: Path) -> Workshop:
    header = Header(titre=_title(corpus.resolve().name))
    return Workshop("", ROOT_WORKSHOP, header, (), (), is_named_after_folder=True)


def workshop_of(source: str, workshops: list[Workshop]) -> Workshop:
    """The innermost workshop that a file belongs to."""
    inside = [w for w in workshops if not w.folder or source.startswith(f"{w.folder}/")]
    return max(inside, key=lambda workshop: len(workshop.folder))


def read_sheet(path: Path) -> Sheet:
    """An `atelier.toml`. Raises UsageError: it cannot be read, or holds an unknown key."""
    return _checked(path, read_toml(path))


def _checked(path: Path, values: dict[str, Any]) -> Sheet:
    try:
        return Sheet.model_validate(values)
    except ValidationError as error:
        known = [*Header.model_fields, *DeclaredTable.model_fields, *FileOverride.model_fields, *Sheet.model_fields]
        raise UsageError(
            f"{path} ne peut pas être lu :\n" + "\n".join(refused_keys(error, known)) + "\nClés permises : dans "
            f"[atelier], {', '.join(Header.model_fields)} ; dans [[tables]], numero, sujet, participants ; "
            f"dans [[fichiers]], {', '.join(FileOverride.model_fields)} ; et [themes], [personnes], [textes]."
        ) from error


def _load(corpus: Path, folder: str) -> Workshop:
    values, bad = _without_bad_numbers(read_toml(corpus / folder / WORKSHOP_FILE))
    sheet = _checked(corpus / folder / WORKSHOP_FILE, values)
    header = sheet.atelier
    is_named = bool(header.titre.strip())
    if not is_named:
        header = header.model_copy(update={"titre": _title(folder or corpus.resolve().name)})
    place = f"{folder}/{WORKSHOP_FILE}" if folder else WORKSHOP_FILE
    lines = tuple(
        f"{place}, {line}. Laissé de côté, le reste est lu\u00a0: corrigez-le, puis relancez." for line in bad
    )
    told = sheet.tables, sheet.fichiers, sheet.textes, lines
    return Workshop(folder, folder or ROOT_WORKSHOP, header, *told, not is_named, sheet.personnes)


def _without_bad_numbers(values: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The values of a sheet without the numbers that are refused, a table whose number is refused left out whole; and
    a line for each."""
    try:
        Sheet.model_validate(values)
    except ValidationError as error:
        bad = {item["loc"]: item for item in error.errors() if item["type"] != "missing" and _is_number(item["loc"])}
    else:
        return values, []
    kept = copy.deepcopy(values)
    for place in sorted(bad, reverse=True):  # the number of a table after its people
        if place[-1] == "numero":
            del kept["tables"][place[1]]
        else:
            del (kept["atelier"] if len(place) == 2 else kept["tables"][place[1]])["participants"]
    return kept, [refusal.strip() for item in bad.values() for refusal in refused([item], ())]


def _is_number(place: tuple[int | str, ...]) -> bool:
    return place == ("atelier", "participants") or (
        len(place) == 3 and place[0] == "tables" and place[2] in ("participants", "numero")
    )


def _title(name: str) -> str:
    words = re.sub(r"[-_]+", " ", display_name(name.rsplit("/", 1)[-1])).strip()
    if not words or fold(words) in _OF_NO_WORKSHOP:
        return UNNAMED
    return words[:1].upper() + words[1:]


_OF_NO_WORKSHOP = frozenset({"corpus", "files", "fichiers", "documents", "notes", "data", "donnees"})
"""Names of folders that say nothing of what was held."""


ENTRY_HEADINGS = ("Table", "Rubrique", "Texte", "Votes")
ENTRY_SHEET_NAME = "saisie.xlsx"
HELP_NOTE_NAME = "LISEZ-MOI.txt"


def blank_file(name: str) -> str:
    """What a new folder holds under a name: `WORKSHOP_FILE`, `HELP_NOTE_NAME`."""
    return read_text(__name__, name).partition("\n")[2]  # without its provenance
