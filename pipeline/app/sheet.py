"""The sheet of a workshop as a form: what is typed → `atelier.toml`, or what is wrong with it, field by field."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData

from pipeline.ingest.assembly import voice_key
from pipeline.ingest.corpus_files import PHOTOS
from pipeline.ingest.formats.speakers import is_animation, is_role, names_of_one
from pipeline.ingest.headers import day_of_file, meetings_told, told_by_headers
from pipeline.ingest.preparing import FOREIGN
from pipeline.ingest.workshop import FileOverride, Sheet
from pipeline.language.text.days import one_day
from pipeline.language.text.typography import joined
from pipeline.restitution.material.quantifiers import MEETING

if TYPE_CHECKING:
    from pipeline.ingest.inspection import Inspection

FIELDS = {
    "titre": "Titre",
    "date": "Date",
    "lieu": "Lieu",
    "territoire": "Territoire",
    "format_animation": "Format d’animation",
    "anime_par": "Animé par",
    "auteur": "Auteur ou autrice de la restitution",
    "participants": "Nombre de participants",
    "pour_en_savoir_plus": "Pour en savoir plus (une adresse, un contact)",
}
TABLE_FIELDS = {"numero": "Numéro ou nom", "sujet": "Sujet", "participants": "Participants"}
N_TABLES_MAX = 200
READ = "lu-"
"""How the form names what files tell of a field, before its name."""
OF_FILE = {"lieu": "rencontre de ", "date": "jour de ", "participants": "personnes de "}
"""How the form names what is said of the meeting that a file is of, before its name."""
_TITLE = "# Fiche de l'atelier, écrite par la page d'accueil de Rosace. Elle peut être modifiée à la main.\n"


def typed(form: Mapping[str, Any]) -> dict[str, Any]:
    """What the form holds, but for what is empty, or stands there as the files tell it: they still do."""
    header: dict[str, Any] = {
        name: value
        for name in FIELDS
        if (value := one_line(form.get(name))) and value != one_line(form.get(f"{READ}{name}"))
    }
    rows = [
        {name: value for name in TABLE_FIELDS if (value := one_line(form.get(f"table-{rank}-{name}")))}
        for rank in range(N_TABLES_MAX)
    ]
    header |= {"intervenants_nommes": True} if form.get("intervenants_nommes") else {}
    return {"atelier": header, "tables": [row for row in rows if row]}


def told_of_all(found: Sequence[Inspection]) -> dict[str, str]:
    """What the files of a workshop tell of it, as its sheet would say it, by the fields of the form."""
    from pipeline.restitution.material.facts import french_date

    read = {one.source: one.told for one in found if one.n_kept or one.n_positions}
    told = told_by_headers(read, dict.fromkeys(read, "")).get("", {})
    said = {name: one for name, one in told.items() if one and name in FIELDS}
    if "date" not in said:
        return said
    day = french_date(said["date"])
    years, when = sorted(set(re.findall(r"\b\d{4}\b", day))), f"des {day}" if " et " in day else f"du {day}"
    when = f"de {years[0]} à {years[-1]}" if len(years) > 1 else day if day.startswith("du ") else when
    named = {"titre": f"Atelier{'s' * (', ' in said['date'])} {when}"} if len(read) > 1 else {}
    return {**named, **said, "date": day}


def odd_files(found: Sequence[Inspection]) -> dict[str, str]:
    """File → why a person may want to leave it out: it cannot be read, nothing of it is, it says the same as another,
    in another language, or is of another time than all the others: two years at least."""
    meant = [one for one in found if not one.ignored and PurePath(one.source).suffix.lower() not in PHOTOS]
    odd, first = dict[str, str](), dict[Any, str]()
    for one in meant:
        said = one.n_kept, tuple(text for _, _, _, text, _ in one.rows)
        if why := _unread(one):
            odd[one.source] = why
        elif one.rows and (twin := first.setdefault(said, one.source)) != one.source:
            odd[one.source] = f"dit la même chose que «\u00a0{twin}\u00a0»"
        elif why := _of_another_year(one, meant):
            odd[one.source] = why
    return odd


def _unread(one: Inspection) -> str:
    """Why nearly nothing is read of a file; "" where something is."""
    foreign = [(detail, n) for detail, n, _ in one.rejects if detail.startswith(FOREIGN)]
    if one.problem is not None:
        return f"ne peut pas être lu\u00a0: {one.problem}"
    if sum(n for _, n in foreign) > one.n_kept:
        return foreign[0][0]
    return "" if one.n_kept or one.n_positions else "rien n’y est lu comme une parole"


def _of_another_year(one: Inspection, found: Sequence[Inspection]) -> str:
    """The year of a file and that of all the others, where two of them at least tell one; "" where they agree."""
    own, rest = _years(one), [years for other in found if other is not one and (years := _years(other))]
    if not own or len(rest) < 2 or len(theirs := set().union(*rest)) > 1:
        return ""
    if min(abs(int(year) - int(min(theirs))) for year in own) < 2:
        return ""
    return f"de {joined(sorted(own))}, quand les autres sont de {min(theirs)}"


def _years(one: Inspection) -> set[str]:
    return set(re.findall(r"\b\d{4}\b", one.told.get("date", "")))


def checked(values: Mapping[str, Any], before: Sheet) -> tuple[Sheet, dict[str, str]]:
    """The sheet of what was typed, and field of the form → why what it holds was left out, where what was there before
    stays; what the form does not show (files, titles, texts) stays."""
    header, rows, problems = dict(values["atelier"]), [dict(row) for row in values["tables"]], dict[str, str]()
    ranks = list(range(len(rows)))
    kept = {name: getattr(before, name) for name in ("fichiers", "themes", "personnes", "textes")}
    while True:
        try:
            sheet = Sheet.model_validate({"atelier": header, "tables": [rows[rank] for rank in ranks]})
            return sheet.model_copy(update=kept), problems
        except ValidationError as error:
            places = [item["loc"] for item in error.errors()]
        for place in places:
            if place[0] == "atelier":
                problems["participants"] = _refusal(FIELDS["participants"], header.pop("participants"), "environ 20")
                if before.atelier.participants is not None:
                    told = before.atelier.participants, before.atelier.participants_environ
                    header |= dict(zip(("participants", "participants_environ"), told, strict=True))
                continue
            rank = ranks[int(place[1])]
            row = rows[rank]
            name = row.get("numero") or f"n° {rank + 1}"
            where = name[:1].upper() + name[1:] if is_meeting(name) else f"Table {name}"
            if place[-1] == "participants":
                problems[f"table-{rank}-participants"] = _refusal(where, row.pop("participants"))
            else:
                problems[f"table-{rank}-numero"] = f"{where} : donnez-lui un numéro ou un nom."
        ranks = [rank for rank in ranks if f"table-{rank}-numero" not in problems]


def _refusal(where: str, typed: str, *others: str) -> str:
    """A number of people that is none, as the form calls it, and what was expected."""
    expected = " ou ".join(f"« {one} »" for one in ("20", *others))
    return f"{where} : « {typed} » n’est pas un nombre. Écrivez {expected}, ou rien si vous l’ignorez."


def typed_meetings(form: Mapping[str, Any], found: Sequence[Inspection]) -> dict[str, dict[str, str]]:
    """File → the place, the day and the people of its meeting, as all files tell them where that is asked, else as
    they were typed; what is left blank beside a place is as the file tells it."""
    if form.get("suite") == "rencontres":
        return meetings_told({one.source: one.told for one in found})
    told = {one.source: {**one.told, "date": day_of_file(one.told, one.source)} for one in found}
    sources = [key.removeprefix(OF_FILE["lieu"]) for key in form if key.startswith(OF_FILE["lieu"])]
    said = {key: {name: one_line(form.get(f"{of}{key}")) for name, of in OF_FILE.items()} for key in sources}
    return {key: {name: value or told.get(key, {}).get(name, "") for name, value in one.items()} if one["lieu"] else one
            for key, one in said.items()}  # fmt: skip


def rows_of_meetings(before: Sheet, meetings: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    """Meetings as tables, by their days; those of other files stay as the sheet says them."""
    from pipeline.restitution.material.facts import french_date

    again = {told_of(before, source).table for source in meetings}
    rows = {one.numero: one.model_dump(exclude_none=True) for one in before.tables if is_meeting(one.numero)}
    rows = {name: row for name, row in rows.items() if name not in again}
    for one in sorted(meetings.values(), key=lambda one: one_day(one.get("date", "")) or one.get("date", "")):
        told = {"sujet": french_date(one.get("date", "")), "participants": one.get("participants", "")}
        told["participants"] = told["participants"].removeprefix("environ ")
        if name := f"{MEETING} {one['lieu']}" if one["lieu"] else "":
            rows[name] = {"numero": name, **{key: value for key, value in told.items() if value}, **rows.get(name, {})}
    return list(rows.values())


def with_meetings(sheet: Sheet, meetings: Mapping[str, Mapping[str, str]]) -> Sheet:
    """The sheet where some files are of the meetings of given places, "" for none."""
    own = dict[str, FileOverride]()
    for source, one in meetings.items():
        before, name = told_of(sheet, source), f"{MEETING} {one['lieu']}" if one["lieu"] else None
        if name != before.table and (name or is_meeting(before.table)):
            own[before.nom] = before.model_copy(update={"table": name})
    return sheet.model_copy(
        update={"fichiers": (*own.values(), *(one for one in sheet.fichiers if one.nom not in own))}
    )


def is_meeting(table: str | None) -> bool:
    """Whether what is said as a table is a meeting."""
    return (table or "").startswith(f"{MEETING} ")


def shown_meetings(sheet: Sheet, tables: Sequence[Mapping[str, Any]], sources: Sequence[str]) -> dict[str, Any]:
    """File → what the form shows of its meeting, by the names of `OF_FILE`; its day and its people beside its first
    file."""
    rows, shown = {one.get("numero"): one for one in tables}, dict[str, Any]()
    for source in sources:
        table = told_of(sheet, source).table
        row = rows.pop(table, {}) if is_meeting(table) else {}
        place = str(table).removeprefix(f"{MEETING} ") if is_meeting(table) else ""
        shown[source] = {"lieu": place, "date": row.get("sujet", ""), "participants": row.get("participants", "")}
    return shown


ROLES = {
    "texte": "des paroles",
    "contexte": "la question ou la rubrique",
    "table": "la table",
    "voix": "la personne",
    "votes": "des votes pour",
    "votes_contre": "des votes contre",
    "position": "un avis (pour, contre, une note)",
    "groupe": "un groupe déjà fait",
    "date": "la date",
    "attribut": "autre chose à garder (commune, âge…)",
    "écartée": "rien à lire",
}
"""What a person may say that a column holds."""
CHANNELS = {"postit": "des post-it", "note": "des notes", "enquete": "une enquête", "transcript": "un enregistrement",
            "document": "un document (ni paroles ni notes)"}  # fmt: skip
_MANY = {"texte": "colonnes_texte", "position": "colonnes_position", "écartée": "colonnes_ecartees",
         "attribut": "colonnes_gardees"}  # fmt: skip


SAID = {"pas_une_parole": "pas une parole", "paroles": "une parole",
        "intervenants": "un intervenant", "pas_intervenants": "pas un intervenant",
        "sans_voix": "on ne sait plus qui parle, à partir de"}  # fmt: skip
"""What a person may say of words of a document."""
_OPPOSITE = ("paroles", "pas_une_parole")


def told_of(sheet: Sheet, source: str) -> FileOverride:
    """What a sheet says of a file."""
    matching = (one for one in sheet.fichiers if fnmatch.fnmatchcase(source, one.nom))
    return next(matching, FileOverride(nom=re.sub(r"[\[*?]", "?", source)))


def corrections_of(sheet: Sheet, source: str) -> list[tuple[str, str, str]]:
    """What a person said of a file, that she may take back: key, value, and how it is told."""
    told = told_of(sheet, source)
    found = [(key, one, f"{name}\u00a0: « {one} »") for key, name in SAID.items() for one in getattr(told, key)]
    found += [("canal", told.canal, f"ce que c’est\u00a0: {CHANNELS[told.canal]}")] if told.canal in CHANNELS else []
    named = (("table", told.table, "table"), ("jour", told.jour, "jour"))
    return found + [(key, one, f"{name}\u00a0: {one}") for key, one, name in named if one]


def of_files(form: FormData) -> list[tuple[str, FormData]]:
    """Names of files, and what the form of a reading says of each: the fields of the second one begin with `2.`."""
    by_rank: dict[str, list[tuple[str, Any]]] = {}
    for name, value in form.multi_items():
        rank, dot, field = name.partition(".")
        if dot:
            by_rank.setdefault(rank, []).append((field, value))
    return [(one_line(fields.get("nom")), fields) for fields in map(FormData, by_rank.values())]


def corrected(sheet: Sheet, source: str, form: FormData) -> Sheet | None:
    """The sheet with what the form of a file says of it: a passage that is nobody's words, somebody who speaks, what
    columns hold, where it comes from and of which table, what is taken back; None when it says nothing."""
    said, roles = _said_of(form)
    gone = {str(one).partition("|")[::2] for one in form.getlist("oter")}
    if not roles and not said and not gone:
        return None
    before = told_of(sheet, source)
    for key in SAID:
        whole = (one for one in (*getattr(before, key), *said.get(key, ())) if not {(key, one), (key, "")} & gone)
        said[key] = tuple(dict.fromkeys(whole))
    for key, other in (_OPPOSITE, _OPPOSITE[::-1]):
        said[key] = tuple(one for one in said[key] if one not in form.getlist(other))
    said |= dict.fromkeys({"canal", "table", "jour"} & {key for key, _ in gone})
    name = re.sub(r"[\[*?]", "?", source)
    held = {**_columns_told(before, roles), **said, "nom": name}
    own = FileOverride.model_validate({key: value for key, value in held.items() if value not in ((), None)})
    others = tuple(one for one in sheet.fichiers if one.nom != name)
    return sheet.model_copy(update={"fichiers": (own, *others)})


def _columns_told(before: FileOverride, roles: Mapping[str, str]) -> dict[str, Any]:
    """What was said of a file, with what columns hold now."""
    roles = {**before.columns, **roles}
    told = before.model_dump(exclude_unset=True)
    kept: dict[str, Any] = {key: value for key, value in told.items() if not key.startswith("colonne")}
    for column, role in roles.items():
        kept.setdefault(_MANY.get(role, f"colonne_{role}"), []).append(column)
    return kept


def _said_of(form: FormData) -> tuple[dict[str, Any], dict[str, str]]:
    """What the form of a file says, by the names of the sheet; column → what it holds."""
    told = ((one_line(form.get(f"colonne-{n}")), str(form.get(f"role-{n}") or "")) for n in range(N_TABLES_MAX))
    said: dict[str, Any] = {key: value for key in ("canal", "table", "jour") if (value := one_line(form.get(key)))}
    for key in SAID:
        typed = [one_line(one) for value in form.getlist(key) for one in str(value).split(";")]
        said |= {key: tuple(filter(None, typed))} if any(typed) else {}
    if said.get("canal") not in CHANNELS:
        said.pop("canal", None)
    return said, {column: role for column, role in told if column and role in ROLES}


def with_people(sheet: Sheet, form: FormData) -> Sheet | None:
    """The sheet with who is one person under two names and who is not, which name is nobody's, or no more; None when
    nothing is said."""
    pairs = [
        (key, str(value).partition("|"))
        for key in ("meme", "autre", "separer", "personne")
        for value in form.getlist(key)
    ]
    told = dict(sheet.personnes)
    for key, (name, _, other) in pairs:
        first, second = (one_line(one) for one in ((name, other) if name else (form.get("nom"), form.get("que"))))
        if key == "separer":
            told.pop(first, None)
        elif key == "personne":
            told |= {one: "" for one, other in told.items() if other == name} | {name: ""}
        elif first and second and first != second:
            whole = told.get(second, second) if key == "meme" else first
            told = {name: whole if one == first else one for name, one in told.items()} | {first: whole}
    return sheet.model_copy(update={"personnes": told}) if told != sheet.personnes else None


def asked_of_people(sheet: Sheet, names: Sequence[str]) -> list[tuple[str, str]]:
    """Names that may be one person's, of which nobody said yet whether they are: the rarer one first."""
    told = {voice_key(one) for one in sheet.personnes}
    named = [one for one in names if not (is_role(one) or is_animation(one))]
    return [(rarer, usual) for rarer, usual in names_of_one(named) if voice_key(rarer) not in told]


def as_toml(sheet: Sheet) -> str:
    """The text of `atelier.toml`."""
    listed = isinstance(sheet.themes, list)
    parts = [_TITLE, *([f"themes = {_value(sheet.themes)}\n"] if listed else []), _section("[atelier]", sheet.atelier)]
    parts += [_section("[[tables]]", table) for table in sheet.tables]
    parts += [_section("[[fichiers]]", file) for file in sheet.fichiers]
    for name, told in (("themes", sheet.themes), ("personnes", sheet.personnes), ("textes", sheet.textes)):
        if isinstance(told, dict) and told:
            parts.append("\n".join([f"[{name}]", *(f"{_value(k)} = {_value(v)}" for k, v in told.items()), ""]))
    return "\n".join(parts)


def blank_rows(tables: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The tables as rows of the form, and some more to fill."""
    return [*tables, *({} for _ in range(max(3, 6 - len(tables))))]


def _section(title: str, model: BaseModel) -> str:
    values = model.model_dump(exclude_unset=True, exclude_none=True)
    return "\n".join([title, *(f"{name} = {_value(value)}" for name, value in values.items()), ""])


def _value(value: Any) -> str:
    """A value in TOML, whose strings are those of JSON."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_value(key)} = {_value(below)}' for key, below in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def one_line(value: Any) -> str:
    """What was typed in a field, on one line, its invisible signs left out."""
    return "".join(sign for sign in " ".join(str(value or "").split())[:500] if sign.isprintable())
