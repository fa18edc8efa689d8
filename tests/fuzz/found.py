"""Files that did harm once, by kind, and the small healthy files of every format that others are drawn from."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from tests.ingest import corpus_files as made

Files = dict[str, bytes]
"""Name of a file → its bytes."""
OFFICE = Path(__file__).parents[1] / "ingest" / "formats" / "files"
NUMBERS = ("1e400", "1e18", "9" * 20, "9" * 400, "-" + "9" * 400, "-1e400", "nan", "inf", "1e-400", "१२३")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPLINTERS = (b"\0", b'"', b"\n\n", b"<", b"-->", b"\xff\xfe", b":" * 9, b"9" * 30, b"\xff" * 8, b"\\ud800", b"[" * 60)


def healthy() -> Files:
    """One small file of every format that is read, and more of those that tools write in several ways."""
    texts = {
        "lime.csv": made.LIMESURVEY,
        "klaxoon.tsv": made.KLAXOON.replace(",", "\t"),
        "table.html": f"<!doctype html>{made.html_table([['Freins', 'Pistes'], ['Bus rares', 'Un bus le soir']])}",
        "note.md": made.NOTE,
        "otter.txt": made.OTTER,
        "noms.txt": made.NAMED_TURNS,
        "teams.vtt": made.TEAMS_VTT,
        "film.srt": made.SRT,
        "whisper.json": made.WHISPER,
        "pad.etherpad": made.ETHERPAD,
        "liste.json": json.dumps([{"texte": "Plus de bus le soir", "votes": 3}, {"texte": "Un préau", "votes": 1}]),
        "lignes.jsonl": '{"texte": "Plus de bus le soir", "votes": 3}\n{"texte": "Un préau repeint", "votes": 1}\n',
    }
    files = {name: text.encode() for name, text in texts.items()}
    files |= {path.name: path.read_bytes() for path in sorted(OFFICE.iterdir())}
    files["note.docx"] = docx_bytes()
    files["table.parquet"] = parquet_bytes(pd.DataFrame({"texte": ["Plus de bus le soir", "Un préau repeint"]}))
    return files


def docx_bytes() -> bytes:
    """A Word document: a heading, two bullets, a paragraph."""
    import docx

    document = docx.Document()
    document.add_heading("Freins", 1)
    for text in ("Bus trop rares", "Loyers trop chers"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("On voudrait un marché du soir devant la gare.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """A parquet table."""
    out = io.BytesIO()
    frame.to_parquet(out)
    return out.getvalue()


def zip_bytes(members: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, always of the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def members_of(archive: bytes) -> Files:
    """What a zip holds."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def with_members(archive: bytes, changed: dict[str, bytes | None]) -> bytes:
    """The same zip, members replaced, or removed (None)."""
    members: dict[str, bytes | None] = {**members_of(archive), **changed}
    return zip_bytes({name: content for name, content in members.items() if content is not None})


def with_broken_stream(archive: bytes, name: str) -> bytes:
    """The same zip, the packed bytes of a member spoilt, its header left whole."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        info = opened.getinfo(name)
    start = info.header_offset + 30 + len(name.encode())
    content = bytearray(archive)
    middle = start + info.compress_size // 2
    content[start : start + 4] = b"\xff\xff\xff\xff"
    content[middle : middle + 8] = b"\xff" * 8
    return bytes(content)


def numbers() -> Iterator[tuple[str, bytes]]:
    """Numbers beyond what a number holds, wherever one is read."""
    for at, number in enumerate(NUMBERS):
        yield f"votes{at}.csv", f"Texte,Likes\nPlus de bus le soir,{number}\nUn préau,2\n".encode()
        rows: list[list[object]] = [["Texte", "Votes"], ["Plus de bus le soir", number], ["Un préau repeint", "2"]]
        yield f"votes{at}.xlsx", made.workbook_bytes({"A": rows})
        stamp = number.lstrip("-").removeprefix("1e") * 2
        yield f"heures{at}.vtt", f"WEBVTT\n\n{stamp}:00:01.0 --> {stamp}:00:02.0\nLe bus ne passe plus.\n".encode()
        yield f"heures{at}.srt", f"1\n{stamp}:00:01,0 --> {stamp}:00:02,0\nLe bus ne passe plus.\n".encode()
        yield f"heures{at}.txt", made.OTTER.replace("1:02:03", f"{stamp}:02:03").encode()
        if number[-1].isascii() and number[-1].isdigit():
            said = f'{{"segments": [{{"start": {number}, "end": {number}, "text": "Le bus ne passe plus."}}]}}'
            yield f"whisper{at}.json", said.encode()
            yield f"liste{at}.json", f'[{{"texte": "Plus de bus le soir", "votes": {number}}}]'.encode()
            yield f"lignes{at}.jsonl", f'{{"texte": "Plus de bus le soir", "votes": {number}}}\n'.encode()


def surrogates() -> Iterator[tuple[str, bytes]]:
    """Halves of characters, in values and in names."""
    for at, half in enumerate(("\\ud800", "\\udfff", "\\ud83d \\ude00", "\\udc00\\ud800")):
        record = f'{{"texte": "Plus de bus {half} le soir", "lieu{half}": "gare {half}"}}'
        yield f"moitie{at}.json", f"[{record}, {record}]".encode()
        yield f"moitie{at}.jsonl", f"{record}\n{record}\n".encode()
        said = f'{{"start": 0, "end": 1, "speaker": "A{half}", "text": "Le bus {half} ne passe plus."}}'
        yield f"moitie_dite{at}.json", f'{{"segments": [{said}]}}'.encode()
        yield f"moitie{at}.etherpad", f'{{"pad:x": {{"atext": {{"text": "* Plus de bus {half}"}}}}}}'.encode()


def documents() -> Iterator[tuple[str, bytes]]:
    """Documents whose parts are spoilt, missing or lie."""
    whole, main = docx_bytes(), "word/document.xml"
    for name in (main, "word/styles.xml", "[Content_Types].xml", "_rels/.rels"):
        bare = name.replace("/", "_").strip("[]_")
        yield f"flux_{bare}.docx", with_broken_stream(whole, name)
        yield f"sans_{bare}.docx", with_members(whole, {name: None})
        yield f"vide_{bare}.docx", with_members(whole, {name: b""})
        yield f"autre_{bare}.docx", with_members(whole, {name: b"<a/>"})
        yield f"coupe_{bare}.docx", with_members(whole, {name: members_of(whole)[name][:150]})
    yield "sans_corps.docx", with_members(whole, {main: f"<w:document {W}/>".encode()})
    types = members_of(whole)["[Content_Types].xml"].replace(b"wordprocessingml", b"autre")
    yield "types.docx", with_members(whole, {"[Content_Types].xml": types})
    relations = members_of(whole)["_rels/.rels"].replace(b"word/document.xml", b"../../nulle/part")
    yield "relations.docx", with_members(whole, {"_rels/.rels": relations})
    for name in ("content.xml", "styles.xml", "mimetype"):
        yield f"flux_{name}.odt", with_broken_stream((OFFICE / "note.odt").read_bytes(), name)
    for depth in (2_000, 200_000):
        yield f"profond{depth}.json", b"[" * depth + b"]" * depth
        yield f"profond{depth}.jsonl", b'{"texte": ' + b"[" * depth + b"]" * depth + b"}\n"
        yield f"profond{depth}.md", b">" * depth + b" un bus\n" + b"- " * depth + b"un train\n"
    yield "gras.md", b"**a " * 2_000 + b"[" * 2_000 + b"_" * 2_000
    yield "profond.html", b"<!doctype html>" + b"<div>" * 2_000 + b"un bus"


def pdfs() -> Iterator[tuple[str, bytes]]:
    """A pdf whose streams ask for filters that nobody has, or that lies about what it holds."""
    whole = (OFFICE / "note.pdf").read_bytes()
    for name in (b"/JBIG2Decode", b"/JPXDecode", b"/Inconnu", b"/Crypt", b"/LZWDecode", b"/RunLengthDecode"):
        yield f"filtre_{name[1:].decode()}.pdf", whole.replace(b"/FlateDecode", name)
    yield "pages.pdf", whole.replace(b"/Pages", b"/Pagez")
    yield "longueur.pdf", whole.replace(b"/Length", b"/Lengty")
    yield "boucle.pdf", whole.replace(b"/Kids", b"/Kids[1 0 R]/Kidz").replace(b"/Parent", b"/Kids")


def tables() -> Iterator[tuple[str, bytes]]:
    """Tables that are far wider, longer or other than they say."""
    workbook = made.workbook_bytes({"A": [["Texte", "Votes"], ["Plus de bus le soir", 3]]})
    sheet = "xl/worksheets/sheet1.xml"
    for at, corner in enumerate(("XFD1048576", "ZZZ9999999", "XFD4294967295", "A4294967296")):
        inside = members_of(workbook)[sheet].replace(b'r="B2"', f'r="{corner}"'.encode())
        yield f"coin{at}.xlsx", with_members(workbook, {sheet: inside})
    frame = pd.DataFrame(
        {"texte": ["Plus de bus le soir", "Un préau repeint"], "date": pd.to_datetime(["2026-01-01"] * 2)}
    )
    whole = parquet_bytes(frame)
    for at, (said, lie) in enumerate(
        ((b"datetime64[ns]", b"datetime64[zz]"), (b'"texte"', b'"texte'), (b"index", b"indez"))
    ):
        yield f"pandas{at}.parquet", whole.replace(said, lie)
    yield "coupe.parquet", whole[:-20]
    yield "pied.parquet", whole[:-8] + b"\xff\xff\xff\x7fPAR1"
    yield "creux.jsonl", b"".join(f'{{"texte": "un bus", "c{n}": 1}}\n'.encode() for n in range(9_000))


def bombs() -> Iterator[tuple[str, bytes]]:
    """Files whose reading ends at a bound, after some seconds: thousands of millions of rows, bold never closed."""
    yield "gras.md", b"**a " * 200_000 + b"[" * 200_000 + b"_" * 200_000
    book, sheet = (OFFICE / "classeur.ods").read_bytes(), "content.xml"
    for n_rows, n_columns in ((10**9, 1), (1, 10**9), (10**9, 10**9), (2**20, 1), (2**20, 2**14)):
        inside = members_of(book)[sheet]
        for part, n in ((b"row", n_rows), (b"cell", n_columns)):
            repeated = f' table:number-{"rows" if part == b"row" else "columns"}-repeated="{n}"'.encode()
            inside = inside.replace(b"<table:table-" + part, b"<table:table-" + part + repeated)
        yield f"repete{n_rows}x{n_columns}.ods", with_members(book, {sheet: inside})
    yield "repete.parquet", parquet_bytes(pd.DataFrame({"texte": pd.Categorical(["Plus de bus le soir"] * 3_000_000)}))


KINDS: tuple[Callable[[], Iterator[tuple[str, bytes]]], ...] = (numbers, surrogates, documents, pdfs, tables)
