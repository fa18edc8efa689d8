"""Documents: titles in their tables, headings of a pdf."""

from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from labelled import each

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.documents import cell_titles, pdf_blocks, read_docx, read_pages, read_with_pandoc

QUESTIONS = [["Que garder ?", "Que changer ?"], ["Le four", "Les horaires"]]
SIDE = [["Freins", "Le four ferme"], ["Pistes", "Un bal"]]
CORNER = [["", "Freins", "Pistes"], ["Table 1", "Le four ferme", "Un bal"]]
WALL = [["Le four ferme", "Un bal"], ["Un banc", "Une fontaine"]]
NONE = [["", ""], ["", ""]]

test_titles = each(
    cell_titles,
    (QUESTIONS, [[None, None], ["Que garder ?", "Que changer ?"]]),
    (SIDE, [[None, "Freins"], [None, "Pistes"]]),
    (CORNER, [[None, None, None], ["", "Freins", "Pistes"]]),
    (WALL, NONE),
    ([["Freins", "Freins"], ["Le four", "Un bal"]], NONE),
    ([["Freins", "Pistes"]], [["", ""]]),
    ([["Freins"], ["Le four"]], [[""], [""]]),
    ([["Freins", ""], ["Le four", "Un bal"]], NONE),
    ([*QUESTIONS, ["Le four", "Les horaires", "Les prix"]], [[None] * 2, QUESTIONS[0], [*QUESTIONS[0], ""]]),
    names=[
        "questions",
        "beside",
        "a blank corner",
        "post-its",
        "twice the same",
        "one row",
        "one column",
        "a blank",
        "a longer row",
    ],
)


def test_a_row_that_the_document_marks_needs_no_usual_words() -> None:
    assert cell_titles(WALL, is_marked=True) == [[None, None], WALL[0]]
    long = ["Le four ferme trop tôt le soir et le dimanche aussi depuis mai", "Un bal"]
    assert cell_titles([long, WALL[1]], is_marked=True) == NONE


NOTE = Path(__file__).parent / "files" / "note.pdf"  # saved by LibreOffice out of a note of ours


def test_larger_lines_are_headings_with_their_place() -> None:
    blocks = pdf_blocks(read_pages(NOTE, "note.pdf"))
    headings = [(block.text, block.level) for block in blocks if block.kind == "heading"]
    assert headings == [("Compte rendu", 1), ("Freins", 2), ("Pistes", 2)]
    assert all(block.place.startswith("page 1, ligne ") for block in blocks)
    lines = [int(block.place.removeprefix("page 1, ligne ")) for block in blocks]
    assert lines == sorted(lines)
    assert "Maisons vides rue Haute" in [block.text for block in blocks if block.kind != "heading"]


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(RefusedFileError, match="ne contient pas de texte"):
        read_pages(tmp_path / "a.pdf", "a.pdf")


def test_a_file_of_too_many_pages_is_refused_and_not_cut(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=NOTE)
    for _ in range(2000):
        writer.add_blank_page(200, 200)
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(RefusedFileError, match="plus de 2000 pages"):
        read_pages(tmp_path / "a.pdf", "a.pdf")


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=NOTE)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(RefusedFileError, match="mot de passe"):
        read_pages(tmp_path / "a.pdf", "a.pdf")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>'
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
PARAGRAPHS = {
    "a box": "<w:r><w:t>Le lavoir fuit</w:t></w:r>" + BOX.format(text="Un bal au lavoir"),
    "tracked": '<w:r><w:t xml:space="preserve">La place </w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>manque'
    '</w:delText></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>déborde</w:t></w:r></w:ins>',
    "moved": '<w:moveFrom w:id="3" w:author="x"><w:r><w:t>Ici avant</w:t></w:r></w:moveFrom>'
    '<w:moveTo w:id="4" w:author="x"><w:r><w:t>Là après</w:t></w:r></w:moveTo>',
    "commented": '<w:commentRangeStart w:id="5"/><w:r><w:t>Un banc à l\'ombre</w:t></w:r><w:commentRangeEnd w:id="5"/>'
    '<w:r><w:commentReference w:id="5"/></w:r>',
    "a footnote": '<w:r><w:t>Un arrêt de car</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>',
    "signs": "<w:r><w:t>Un car</w:t><w:tab/><w:t>par</w:t><w:noBreakHyphen/><w:t>là</w:t><w:br/><w:t>le soir</w:t>"
    "</w:r>",
}  # fmt: skip


def test_a_word_document_of_every_sort(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Compte rendu", 0)
    document.add_heading("Envies", 1)
    for inside in PARAGRAPHS.values():
        document.element.body.insert(-1, parse_xml(f"<w:p {W}>{inside}</w:p>"))
    document.add_paragraph("à l'école", style="List Bullet 2")
    document.add_paragraph("• Un préau\n• Une cour ombragée")
    table = document.add_table(3, 2)
    for cell, text in zip(table._cells, ["Freins", "Pistes", "Le prix", "", "", "Un prêt"], strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(tmp_path / "a.docx")
    entries = list(read_docx(tmp_path / "a.docx", "a.docx", None).entries)
    assert [(entry.locator.removeprefix("paragraphe "), entry.text, entry.context) for entry in entries] == [
        ("3", "Le lavoir fuit", "Envies"),
        ("4", "Un bal au lavoir", "Envies"),
        ("5", "La place déborde", "Envies"),
        ("6", "Là après", "Envies"),
        ("7", "Un banc à l'ombre", "Envies"),
        ("8", "Un arrêt de car", "Envies"),
        ("9", "Un car\tpar\u2011là", "Envies"),
        ("9, partie 2", "le soir", "Envies"),
        ("10", "à l'école", "Envies"),
        ("11", "Un préau", "Envies"),
        ("11, partie 2", "Une cour ombragée", "Envies"),
        ("14", "Le prix", "Envies > Freins"),
        ("18", "Un prêt", "Envies > Pistes"),
    ]


def test_what_is_struck_in_word_and_in_a_page_is_no_word_and_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Il faut un banc")
    for words in (" et", " un bal"):
        paragraph.add_run(words).font.strike = True
    paragraph.add_run(" au four.")
    document.add_paragraph("un lavoir", style="List Bullet").runs[0].font.strike = True
    document.save(str(tmp_path / "struck.docx"))
    (tmp_path / "struck.html").write_text(
        "<p>Il faut un banc<s> et un bal</s> au four.</p><ul><li><del>un lavoir</del>"
    )
    for reading in (
        read_docx(tmp_path / "struck.docx", "struck.docx", None),
        read_with_pandoc(tmp_path / "struck.html", "struck.html", None, "html"),
    ):
        assert [entry.text for entry in reading.entries] == ["Il faut un banc au four."]
        assert sorted(reading.aside.values()) == ["et un bal", "un lavoir"]
        assert {reason for _, reason, _ in reading.rejects} == {"barre"}


def test_a_table_of_votes_in_word_counts_them_on_the_heading_above(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Compte rendu", 0)
    document.add_heading("Horaires du bac", 1)
    document.add_paragraph("Le bac part trop tôt.")
    table = document.add_table(4, 3)
    rows = ["Choix", "Votes", "Part", "Huit heures", "4", "40 %", "Neuf heures", "5", "50 %", "NSP", "1", "10 %"]
    for cell, text in zip(table._cells, rows, strict=True):
        cell.text = text
    document.add_paragraph("On y reviendra.")
    document.save(str(tmp_path / "a.docx"))
    entries = list(read_docx(tmp_path / "a.docx", "a.docx", None).entries)
    assert [entry.text for entry in entries if entry.aside is None] == ["Le bac part trop tôt.", "On y reviendra."]
    (counted,) = (entry for entry in entries if entry.positions)
    assert [(one.about, one.answer, one.n) for one in counted.positions] == [
        ("Horaires du bac", "Huit heures", 4), ("Horaires du bac", "Neuf heures", 5), ("Horaires du bac", "NSP", 1),
    ]  # fmt: skip


def test_bold_words_at_the_head_tell_who_speaks_and_what_is_a_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Le chenal").bold = True
    for name, said in (
        ("Lucie", " On draguera au printemps."),
        ("Paul", " La vase monte."),
        ("Lucie", " Et le quai ?"),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(said)
    document.save(str(tmp_path / "a.docx"))
    entries = list(read_docx(tmp_path / "a.docx", "a.docx", None).entries)
    assert [(entry.voice, entry.text, entry.headings) for entry in entries] == [
        ("Lucie", "On draguera au printemps.", ("Le chenal",)),
        ("Paul", "La vase monte.", ("Le chenal",)),
        ("Lucie", "Et le quai ?", ("Le chenal",)),
    ]


def test_a_page_whose_words_are_all_in_a_drawing_has_no_text(tmp_path: Path) -> None:
    page = tmp_path / "dessin.html"
    page.write_text("<html><script>x()</script><svg><path d='M0 0'/></svg></html>", encoding="utf-8")
    with pytest.raises(RefusedFileError, match="ne contient pas de texte"):
        read_with_pandoc(page, "dessin.html", None, "html")


PAGE = """<html><head><title>Mur</title><meta name="author" content="Zoé"></head><body><h1>Compte rendu</h1>
<p>Un <em>banc </em>et <q>une fontaine</q>, <img alt="photo" src="a.png">vite.</p><pre>Rouvrir le four le soir</pre>
<dl><dt>Prix</dt><dd>Le car est cher</dd></dl><ul><li>un bal<pre>une fête des voisins</pre></li></ul>
<p>On relit <cite>la lettre du maire</cite> chaque année.</p>
<figure><img src="b.png" alt="b"><figcaption>Ce que dit l'affiche</figcaption></figure></body></html>"""


def test_whatever_a_page_says_is_read_and_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    assert [entry.text for entry in read_with_pandoc(tmp_path / "a.html", "a.html", None, "html").entries] == [
        "Un banc et « une fontaine », vite.",
        "Rouvrir le four le soir",
        "Le car est cher",
        "un bal",
        "une fête des voisins",
        "On relit la lettre du maire chaque année.",
        "Ce que dit l'affiche",
    ]
