"""The words that a contribution alone says, and the files that still quote them."""

import html
import io
import json
import zipfile
from pathlib import Path

import pytest

from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import file_sha256
from pipeline.folder.kept import Export
from pipeline.ingest.withdrawal.quotations import OwnWords, clear_files

MINE = "Mon voisin du troisième prête son garage aux jeunes"
OTHERS = ("Les jeunes de mon voisin", "il prête son garage aux autres")
QUOTES = [
    ("Titre : mon VOISIN du troisieme prete son garage aux jeunes !", "Titre : [retiré] !"),
    ("voisin du troisième, prête", "[retiré]"),
    ("il prête son garage aux jeunes du lycée", "il prête [retiré] du lycée"),
    ("il prête son garage aux autres", "il prête son garage aux autres"),
    ("un garage prêté", "un garage prêté"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), QUOTES, ids=[text or "vide" for text, _ in QUOTES])
def test_runs_of_its_own_words_go(text: str, expected: str) -> None:
    own = OwnWords(MINE, OTHERS)
    assert own.scrubbed(text) == expected
    assert own.are_in(text) == (text != expected)


def test_what_others_say_too_stays() -> None:
    assert not OwnWords("Plus de bus le soir", ["plus de bus le soir !"]).are_in("Plus de bus le soir")


def test_a_short_text_is_looked_for_whole() -> None:
    assert OwnWords("Garage prêté", ()).scrubbed("Un garage prêté par an") == "Un [retiré] par an"
    assert OwnWords("Garage", ()).scrubbed("Garage !") == "[retiré] !"
    assert OwnWords("Garage", ()).scrubbed("Un garage") == "Un garage"


WORDS = "Mon voisin du troisième prête son garage"
OWN = OwnWords(WORDS, ())


def packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(text: str) -> bytes:
    """A document whose sentence is cut in runs."""
    cut = text.replace("troisième", "troi</w:t></w:r><w:r><w:t>sième")
    return packed({"word/document.xml": f"<w:p><w:r><w:t>{cut}</w:t></w:r></w:p>"})


def project(text: str) -> bytes:
    """A project of an analysis tool: its words are in plain text beside its codes."""
    return packed({"project.qde": "<Project/>", "Sources/a.txt": text})


def book(text: str) -> bytes:
    """A document of a kind that nobody foresaw, whose words are in parts of another name."""
    return packed({"META-INF/container.xml": "<container/>", "texte/1.xhtml": f"<p>{text}</p>"})


def test_each_file_is_removed_named_or_left_alone(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path / "run")
    contents = {
        "ancien.docx": office(WORDS),
        "ancien.qdpx": project(WORDS),
        "ancien.epub": book(WORDS),
        "ancien_autre.epub": book("Un marché du soir"),
        "ancien.qdc": f'<Code guid="1" name="{WORDS}"/>'.encode(),
        "ancien.html": f"<p>{html.escape(WORDS)}".replace("è", "&egrave;").encode(),
        "ancien-2.html": f"<p>{WORDS}</p>".replace(" du ", "<br>du ").encode(),
        "note.txt": f"« {WORDS.upper()} »".encode(),
        "page.json": json.dumps([WORDS]).encode(),
        "carte.pdf": b"%PDF",
        "autre.txt": b"Un marche du soir",
    }
    ours = {name: run.write_bytes(name, content) for name, content in contents.items() if "n" in name[:2]}
    for name in ("note.txt", "page.json", "carte.pdf", "autre.txt"):
        (run.path / name).write_bytes(contents[name])
    run.manifest.save({"stages": {}, "files": {name: ours[name] for name in contents if name.startswith("ancien")}})
    beside = tmp_path / "revue.html"
    beside.write_text(WORDS, encoding="utf-8")
    inside = run.path / "parole.xhtml"
    inside.write_text(WORDS, encoding="utf-8")
    for one in (beside, inside):
        run.exports.note(Export(str(one), file_sha256(one), "01/02/2026"))
    run.exports.note(Export(str(tmp_path / "perdue.xlsx"), "a", "02/02/2026"))
    run.exports.note(Export("relecture.xlsx", "b", "03/02/2026", is_download=True))

    left = clear_files(run, OWN)

    assert {path.name for path in left.removed} == set(
        ("ancien-2.html ancien.docx ancien.epub ancien.html ancien.qdc ancien.qdpx parole.xhtml revue.html").split()
    )
    assert {path.name for path in left.edited} == {"note.txt", "page.json", "carte.pdf"}
    assert [told.split(",")[0].rpartition("/")[2] for told in left.untraced] == ["perdue.xlsx", "relecture.xlsx"]
    assert not beside.exists()
    assert len(run.exports.all()) == 2


TYPED = "jai attendu ici , plus dune heure au guichet , et cest long"
TOLD = "j’ai attendu ici, plus dune heure au guichet, et c’est long"


@pytest.mark.parametrize("said", [TYPED, TOLD])
def test_its_words_are_found_as_they_were_typed_and_as_they_are_told(said: str) -> None:
    own = OwnWords(TYPED, ())
    assert own.scrubbed(f"Un habitant dit : {said}.") == "Un habitant dit : [retiré]."
    assert own.are_in("Car j’ai attendu ici hier")


def test_what_others_say_too_as_it_is_told_stays() -> None:
    assert not OwnWords("j’ai attendu ici", ["jai attendu ici"]).are_in("Car j’ai attendu ici hier")
