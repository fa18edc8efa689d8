"""A corrected document as decisions, its words beside those that were delivered, and titles put back as titles."""

import copy
import random
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.cli import app
from pipeline.contracts.draft import Block, Draft, FigureText, HeaderField, Section, Sentence, Shown, Source, TextNode
from pipeline.contracts.draft_files import dump_draft, fingerprint, load_draft
from pipeline.errors import RefusedFileError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.kept import DELIVERED, forget_delivered, keep_delivered
from pipeline.restitution.writers.office import write_office
from pipeline.restitution.writers.reading import is_long
from pipeline.review.exchange.alignment import DeliveredLine, in_common, is_too_long, kept, pieces_of, tokens_of
from pipeline.review.exchange.document_import import changed_words, plan_document
from pipeline.review.exchange.files import plan_file
from pipeline.review.exchange.office_text import read_office
from pipeline.review.session import ImportPlan, Session, Wish, open_session
from tests.outputs import saved_by_libre_office

BUS, AGENDA = "Pas assez de bus le soir", "Tenir un agenda partagé"
REPLACED = "On n'a pas le temps de se rencontrer entre structures"
CHOSEN = "Chacun court, on ne se croise jamais"
Edit = Callable[[Any], None]


@pytest.fixture
def session(run: RunFolder) -> Session:
    return open_session(run)


@pytest.fixture(scope="module")
def shown(written_run: Path) -> Session:
    """A review in which nothing is recorded."""
    return open_session(RunFolder.open(written_run))


@pytest.fixture(scope="module")
def draft(shown: Session) -> Draft:
    """A draft where each group has its heading."""
    told = load_draft(shown.run.load_json("draft"))

    def headed(block: Block) -> list[Block]:
        title = Shown(text=shown.state.groups[block.groups[0]].title)
        return [Block("heading", level=1, groups=block.groups, value=title), block]

    sections = (replace(one, blocks=tuple(b for block in one.blocks for b in headed(block))) for one in told.sections)
    return replace(told, sections=tuple(sections))


def delivered(draft: Draft, folder: Path, kind: str = "docx") -> Path:
    path = folder / f"restitution.{kind}"
    path.write_bytes(write_office(draft, {}, kind, 1, ""))
    return path


def corrected(draft: Draft, folder: Path, edit: Edit) -> Path:
    path = delivered(draft, folder)
    document = docx.Document(str(path))
    edit(document)
    document.save(str(path))
    return path


def paragraph(document: Any, words: str) -> Any:
    return next(one for one in document.paragraphs if words in one.text)


def put(document: Any, before: str, after: str) -> None:
    """Type over some words."""
    found = next(r for p in document.paragraphs for r in p.runs if before in r.text)
    found.text = found.text.replace(before, after)


def track(document: Any, before: str, after: str) -> None:
    """Type over some words while changes are tracked."""
    found = next(r for p in document.paragraphs for r in p.runs if before in r.text)
    left, right = found.text.split(before)
    for text, name, around in ((right, "w:t", ""), (after, "w:t", "w:ins"), (before, "w:delText", "w:del"),
                               (left, "w:t", "")):  # fmt: skip
        piece = copy.deepcopy(found._r)
        piece.remove(piece.find(qn("w:t")))
        told = OxmlElement(name)
        told.text = text
        told.set(qn("xml:space"), "preserve")
        piece.append(told)
        if around:
            run, piece = piece, OxmlElement(around)
            piece.append(run)
            for attribute, value in (("w:id", "1"), ("w:author", "Odile"), ("w:date", "2026-03-12T10:00:00Z")):
                piece.set(qn(attribute), value)
        found._r.addnext(piece)
    found._r.getparent().remove(found._r)


def drop(document: Any, words: str) -> None:
    for gone in [one._p for one in document.paragraphs if words in one.text]:
        gone.getparent().remove(gone)


def decided(plan: ImportPlan) -> list[tuple[str, Any]]:
    return [(one.op, one.after.title or one.after.state or one.after.value) for one in plan.decisions]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_an_untouched_document_decides_nothing(shown: Session, draft: Draft, tmp_path: Path, kind: str) -> None:
    plan = plan_document(shown, delivered(draft, tmp_path, kind), "Odile", [draft])
    assert (plan.decisions, plan.lines, plan.conflicts) == ([], [], [])


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_the_contents_and_the_captions_of_a_long_document_decide_nothing(
    shown: Session, draft: Draft, tmp_path: Path, kind: str
) -> None:
    said = tuple(Sentence((TextNode(f"On redit {n} fois la même chose, sans se lasser."),), ("x",)) for n in range(300))
    figure = FigureText("Ce que chaque table a dit", "", ("Table", "Idées"), (("Table 1", "12"), ("Table 2", "9")))
    more = Section("suites", "Suites", (Block("list", said), Block("figure", value=Shown(figure="tables"))))
    whole = replace(draft, sections=(*draft.sections, more), figures={"tables": figure})
    path = delivered(whole, tmp_path, kind)
    assert is_long(whole)
    plan = plan_document(shown, path, "Odile", [whole])
    assert (plan.lines, plan.conflicts) == ([], [])


def test_a_blank_of_the_header_and_marks_without_their_links_are_no_corrections(
    shown: Session, draft: Draft, tmp_path: Path
) -> None:
    """Programs that rename what links lead to leave the marks of sources among the words."""
    first = draft.sections[0]
    (heading, block, *blocks) = first.blocks
    marked = replace(block, sentences=(replace(block.sentences[0], marks=("T1.1",)), *block.sentences[1:]))
    whole = replace(
        draft,
        header=(HeaderField("Lieu", "", "empty"),),
        sources=(Source("T1.1", "Table 1", "Post-it, postits.csv", "ligne 2"),),
        sections=(replace(first, blocks=(heading, marked, *blocks)), *draft.sections[1:]),
    )

    def unlink(document: Any) -> None:
        for link in document.element.body.iter(qn("w:hyperlink")):
            link.set(qn("w:anchor"), "ailleurs")

    path = corrected(whole, tmp_path, unlink)
    assert any("T1.1" in one.text for one in docx.Document(str(path)).paragraphs[:5])
    plan = plan_document(shown, path, "Odile", [whole])
    assert (plan.lines, plan.conflicts) == ([], [])


def correct(document: Any) -> None:
    """What an author does: a title, a quotation, a paragraph taken out, a tracked title, a line of her own."""
    put(document, BUS, "Le soir, plus de bus")
    put(document, "trois tables", "presque toutes les tables")
    put(document, REPLACED, CHOSEN)
    drop(document, "Le minibus du centre social existe")
    track(document, AGENDA, "Tenir un calendrier à plusieurs")
    paragraph(document, "Le café associatif").insert_paragraph_before("Ce café m'est cher.")


DECIDED = [("rename", "Le soir, plus de bus"), ("rename", "Tenir un calendrier à plusieurs"), *[("texte", None)] * 2]


def check(session: Session, plan: ImportPlan) -> None:
    found = decided(plan)
    assert sorted(found, key=str) == sorted([*DECIDED, ("hide", True)], key=str)
    assert any("Ce café m'est cher" in told for told in plan.conflicts)
    assert len(plan.conflicts) == 1
    assert any("trois tables" in told and " devient " in told for told in plan.lines)  # where it changed
    written = [str(one.after.text) for one in plan.decisions if one.op == "texte"]
    assert sum("presque toutes les tables" in one for one in written) == 1
    assert sum(CHOSEN in one and REPLACED not in one for one in written) == 1
    assert {one.state for one in session.record(plan.decisions)} == {"rejouee"}
    assert "Tenir un calendrier à plusieurs" in {group.title for group in session.state.groups.values()}


def test_titles_quotations_and_deletions_come_back(session: Session, draft: Draft, tmp_path: Path) -> None:
    path = corrected(draft, tmp_path, correct)
    check(session, plan_document(session, path, "Odile", [draft]))
    again = plan_document(session, path, "Odile", [draft])
    assert again.decisions == []  # done once


@pytest.mark.office
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_so_they_do_once_libre_office_has_saved_it(session: Session, draft: Draft, tmp_path: Path, kind: str) -> None:
    untouched = delivered(draft, tmp_path).rename(tmp_path / "telle_quelle.docx")
    same, path = saved_by_libre_office([untouched, corrected(draft, tmp_path, correct)], kind, tmp_path)
    assert plan_document(session, same, "Odile", [draft]).lines == []
    assert read_office(path).fingerprint == fingerprint(draft)
    check(session, plan_document(session, path, "Odile", [draft]))


NEW_BUS, NEW_SENTENCE = "Des bus le soir, demandent trois tables", "Le soir, qui travaille tard rentre à pied."


def retitle(document: Any) -> None:
    """A title and the words under it, changed together, the new title in words of its paragraph."""
    at = next(at for at, one in enumerate(document.paragraphs) if one.text == BUS)
    for place, text in ((at, NEW_BUS), (at + 1, NEW_SENTENCE)):
        first, *others = document.paragraphs[place].runs
        first.text = text
        for run in others:
            run.text = ""


def check_retitled(plan: ImportPlan) -> None:
    assert [(one.op, one.after.title or one.after.text) for one in plan.decisions] == [
        ("rename", NEW_BUS),
        ("texte", NEW_SENTENCE),
    ]
    assert plan.conflicts == []


Plan = Callable[[Edit], ImportPlan]


@pytest.fixture
def planned(shown: Session, draft: Draft, tmp_path: Path) -> Plan:
    """What comes back of a document once it was edited."""
    return lambda edit: plan_document(shown, corrected(draft, tmp_path, edit), "Odile", [draft])


def test_a_title_and_a_sentence_under_it_changed_together_come_back_as_both(planned: Plan) -> None:
    check_retitled(planned(retitle))


@pytest.mark.office
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_so_do_they_once_libre_office_has_saved_them(shown: Session, draft: Draft, tmp_path: Path, kind: str) -> None:
    (path,) = saved_by_libre_office([corrected(draft, tmp_path, retitle)], kind, tmp_path)
    check_retitled(plan_document(shown, path, "Odile", [draft]))


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_no_space_stands_where_marks_stood(draft: Draft, tmp_path: Path, kind: str) -> None:
    nodes = (TextNode("On se croise au jardin."),)
    said = Sentence(nodes, ("x",), rewritten=True, role="told", marks=("N3", "N16"))
    told = Section("nord", "Nord", (Block("paragraph", (said,)),), "nord")
    sources = tuple(Source(mark, "Notes", "notes.md", "ligne 2") for mark in said.marks)
    path = delivered(replace(draft, sections=(told,), sources=sources), tmp_path, kind)
    assert "On se croise au jardin." in {one.text for one in read_office(path).paragraphs}


CASES = {
    "invented words": (lambda d: put(d, "Faire un agenda commun des réunions", "Faire ceci"), "dans aucune parole"),
    "a heading": (lambda d: put(d, "Axe Est", "Les freins"), "Les freins"),
    "the title": (lambda d: put(d, "Coopérer ici", "Coopérer autrement"), "Coopérer autrement"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_come_back_is_told(planned: Plan, case: str) -> None:
    edit, why = CASES[case]
    plan = planned(edit)
    assert plan.decisions == []
    (told,) = plan.conflicts
    assert why in told


QUOTED = "Faire un agenda commun des réunions"


@pytest.mark.parametrize("words", ["Le bus ne passe pas dans les hameaux", "Faire […] réunions", "Faire un agenda"])
def test_other_words_that_somebody_said_make_the_paragraph_hers(planned: Plan, words: str) -> None:
    plan = planned(lambda d: put(d, QUOTED, words))
    assert [one.op for one in plan.decisions] == ["texte"] and plan.conflicts == []
    assert f"«\u00a0{words}\u00a0»" in str(plan.decisions[0].after.text)


@pytest.mark.parametrize("words", ["Faire un agen", "réunions […] Faire", "[…]"])
def test_a_part_of_a_word_other_order_or_nothing_at_all_is_no_quotation(planned: Plan, words: str) -> None:
    plan = planned(lambda d: put(d, QUOTED, words))
    assert plan.decisions == [] and any("à la lettre" in told for told in plan.conflicts)


@pytest.mark.parametrize("way", [{"is_hidden": True}, {"is_quotable": False}, {"quote_choice": "bannie"}])
@pytest.mark.parametrize("words", ["Le bus ne passe pas dans les hameaux", QUOTED])
def test_words_that_may_not_be_told_come_back_as_no_quotation(
    planned: Plan, shown: Session, way: dict[str, Any], words: str
) -> None:
    """Whether the text that was delivered quoted them or not."""
    (item,) = [one for one in shown.state.items.values() if one.text == words]
    for name, value in way.items():
        setattr(item, name, value)
    plan = planned(lambda d: put(d, "Faire un agenda commun", f"{words} » et « Faire un agenda commun"))
    assert plan.decisions == [] and any("à la lettre" in told for told in plan.conflicts)


def after(document: Any, words: str, *lines: str) -> None:
    """Add paragraphs after the one that holds some words."""
    at = paragraph(document, words)._p
    for text in reversed(lines):
        new = copy.deepcopy(at)
        for run in new.findall(qn("w:r"))[1:]:
            new.remove(run)
        new.find(qn("w:r")).find(qn("w:t")).text = text
        at.addnext(new)


def test_parts_that_an_author_adds_come_back(session: Session, draft: Draft, tmp_path: Path) -> None:
    """Under a heading of their name, in one paragraph or several, at the end of the text."""
    last = [block for section in draft.sections for block in section.blocks if block.sentences][-1]
    words = "".join(node.text for node in last.sentences[-1].nodes)[:30]

    def edit(document: Any) -> None:
        after(document, words, "Fil rouge", "Tout part de la route.", "Et tout y revient.", "Suites :", "Une réunion.")

    plan = plan_document(session, corrected(draft, tmp_path, edit), "Odile", [draft])
    assert plan.conflicts == []
    found = {one.target.part: one.after.text for one in plan.decisions}
    assert found == {"fil_rouge": "Tout part de la route.\nEt tout y revient.", "suites": "Une réunion."}
    session.record(plan.decisions)
    assert {key: one.text for key, one in session.state.parts.items()} == found
    session.set_undone("Odile", plan.decisions[0].decision_id, True)
    assert list(session.state.parts) == [plan.decisions[1].target.part]


def test_groups_put_in_another_order_stay_so(session: Session, draft: Draft, tmp_path: Path) -> None:
    groups = [group for group in session.state.ordered_groups("est") if session.state.members[group.group_id]][:2]
    blocks = [
        Block(kind, sentences, groups=(group.group_id,), value=Shown(text=group.title if kind == "heading" else ""))
        for group in groups
        for kind, sentences in (
            ("heading", ()),
            ("paragraph", (Sentence((TextNode(f"On dit {group.title}."),), ("x",)),)),
        )
    ]
    both = replace(draft, sections=(*draft.sections, Section("est2", "Deux groupes", tuple(blocks))))

    def edit(document: Any) -> None:
        places = [at for at, one in enumerate(document.paragraphs) if one.text == groups[1].title]
        heading, text = document.paragraphs[places[-1]]._p, document.paragraphs[places[-1] + 1]._p
        first = next(one for one in document.paragraphs if one.text == groups[0].title)._p
        first.addprevious(heading)
        first.addprevious(text)

    plan = plan_document(session, corrected(both, tmp_path, edit), "Odile", [both])
    assert (plan.conflicts, {one.op for one in plan.decisions}) == ([], {"order"})
    session.record(plan.decisions)
    assert [one.group_id for one in session.state.ordered_groups("est")][:2] == [groups[1].group_id, groups[0].group_id]


@pytest.mark.parametrize("written", ["Le dernier car part trop tôt pour qui travaille.", ""], ids=["written", "gone"])
def test_a_paragraph_written_anew_under_its_title_is_a_person_s(planned: Plan, written: str) -> None:
    def edit(document: Any) -> None:
        at = next(at for at, one in enumerate(document.paragraphs) if one.text == BUS)
        first, *others = document.paragraphs[at + 1].runs
        first.text = written
        for run in others:
            run.text = ""

    told = [(one.op, one.after.text or one.after.value) for one in planned(edit).decisions]
    assert told == ([("texte", written)] if written else [("hide", True)])


def test_a_paragraph_that_was_moved_is_not_deleted(planned: Plan) -> None:
    def edit(document: Any) -> None:
        moved = paragraph(document, f"{AGENDA} revient")._p
        paragraph(document, f"{BUS} revient")._p.addprevious(moved)

    assert planned(edit).decisions == []


def test_a_group_that_somebody_renamed_since_keeps_its_title(session: Session, draft: Draft, tmp_path: Path) -> None:
    key = next(one.group_id for one in session.state.groups.values() if one.title == BUS)
    path = corrected(draft, tmp_path, lambda d: put(d, BUS, "Le bus du soir"))
    session.act("Marc", Wish("rename", groups=(key,)), title="Les bus")
    plan = plan_document(session, path, "Odile", [draft])
    assert plan.decisions == []
    assert "a reçu ce titre depuis" in plan.conflicts[0]
    assert decided(plan_document(session, path, "Marc", [draft])) == [("rename", "Le bus du soir")]  # a second thought


def test_another_document_is_refused_and_an_older_one_says_so(shown: Session, draft: Draft, tmp_path: Path) -> None:
    other = docx.Document()
    other.add_paragraph("Compte rendu d'une autre réunion, où l'on parle de tout autre chose.")
    other.save(str(tmp_path / "autre.docx"))
    for name, content, why in (
        ("autre.docx", None, "n'est pas la restitution de cette relecture"),
        ("texte.odt", b"rien", "abîmé"),
        ("vide.docx", None, "ni LibreOffice"),
    ):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        elif name == "vide.docx":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("lisez-moi.txt", "rien")
        with pytest.raises(RefusedFileError, match=why):
            plan_document(shown, path, "Odile", [draft])
    dumped = dump_draft(draft)
    dumped["title"] = "Coopérer là-bas"
    with pytest.raises(RefusedFileError, match="rédaction dont il ne reste rien"):
        plan_document(shown, delivered(load_draft(dumped), tmp_path), "Odile", [draft])


def test_entities_are_not_followed(shown: Session, draft: Draft, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("le mot de passe")
    xml = (
        f'<!DOCTYPE d [<!ENTITY s SYSTEM "file://{secret}">]><w:document xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&s;</w:t></w:r></w:p></w:body></w:document>'
    )
    with zipfile.ZipFile(tmp_path / "r.docx", "w") as archive:
        archive.writestr("word/document.xml", xml)
    with pytest.raises(RefusedFileError) as refused:
        plan_document(shown, tmp_path / "r.docx", "Odile", [draft])
    assert "mot de passe" not in str(refused.value)


def test_the_command_shows_first_and_asks_for_oui(run: RunFolder, draft: Draft, tmp_path: Path) -> None:
    run.save_json("draft", dump_draft(draft))
    path = corrected(draft, tmp_path, lambda d: put(d, AGENDA, "Tenir un calendrier commun"))
    shown = CliRunner().invoke(app, ["review", "import", str(run.path), str(path)])
    assert "en «\u00a0Tenir un calendrier commun\u00a0»" in shown.stdout
    assert "Rien n'est fait. Avec --oui" in shown.stdout
    assert run.decisions.lines() == []
    CliRunner().invoke(app, ["review", "import", str(run.path), str(path), "--oui", "--nom", "Odile"])
    assert '"author": "Odile"' in run.decisions.lines()[0].replace('":"', '": "')


def test_a_document_of_an_earlier_draft_is_read_against_it(run: RunFolder, draft: Draft, tmp_path: Path) -> None:
    run.save_json("draft", dump_draft(draft))
    path = corrected(draft, tmp_path, lambda d: put(d, AGENDA, "Tenir un calendrier commun"))
    keep_delivered(run)
    run.save_json("draft", dump_draft(replace(draft, title="Coopérer là-bas", sections=draft.sections[:1])))
    plan = plan_file(open_session(run), path, "Odile")
    assert [(one.op, one.after.title) for one in plan.decisions] == [("rename", "Tenir un calendrier commun")]
    forget_delivered(run)
    with pytest.raises(RefusedFileError, match="rédaction dont il ne reste rien"):
        plan_file(open_session(run), path, "Odile")
    assert not (run.path / DELIVERED).exists()


def test_a_document_far_longer_than_what_was_delivered_is_refused(planned: Plan) -> None:
    with pytest.raises(RefusedFileError, match="bien plus de mots"):
        planned(lambda document: document.paragraphs[3].add_run(" oui non" * 20_000))


SENTENCE = "Le bus du soir part trop tôt, et la navette ne passe plus par le bourg"


LONG = "La navette ne passe plus le soir. Beaucoup rentrent à pied. Le maire annonce une étude pour l'automne prochain."
ENDS = "« … une étude pour l'automne prochain. » devient"


@pytest.mark.parametrize(
    ("was", "became", "told"),
    [
        ("automne", "hiver", [f"{ENDS} « … une étude pour l'hiver prochain. »"]),
        (
            "Beaucoup rentrent à pied. ", "",
            ["« … plus le soir. Beaucoup rentrent à pied. Le maire annonce … » devient",
             "« … plus le soir. Le maire annonce … »"],
        ),
        (
            "automne prochain", "automne 2027, la navette de même",
            [f"{ENDS.replace('une ', '')} « … étude pour l'automne 2027, la navette de même. »"],
        ),
    ],
    ids=["a word far on", "a sentence less", "more words"],
)  # fmt: skip
def test_the_words_that_changed_are_told_not_the_beginning(was: str, became: str, told: list[str]) -> None:
    assert changed_words(LONG, LONG.replace(was, became)).replace("\u00a0", " ") == " ".join(told)


def test_two_places_of_a_paragraph_are_told_both() -> None:
    told = changed_words(LONG, LONG.replace("navette", "ligne").replace("automne", "hiver")).split("\u00a0; ")
    assert ["ligne" in one for one in told] == ["hiver" not in one for one in told] == [True, False]


def test_signs_that_a_program_writes_otherwise_are_no_change() -> None:
    was = "Il est noté : « Fête “du port” le 10 juillet » (adopté) !"
    now = "Il est noté\u00a0: Fête « du port » le 12 juillet (adopté)\u202f!"
    assert changed_words(was, now).count("devient") == 1
    assert changed_words(was, was.replace("“", "« ").replace("”", " »")) == ""


def line(text: str, heading: str = "") -> DeliveredLine:
    return DeliveredLine(tuple(token.word for token in tokens_of(text)), text, "", "", heading=heading)


def test_a_title_whose_words_stand_elsewhere_is_still_the_title_that_was_rewritten() -> None:
    lines = [line("On pointe des hameaux sans navette, et le bus."), line("Le bus"), line("Il passe.")]
    lines += [line("Des hameaux sans navette", "group"), line("Fin.")]
    came = ["On montre des hameaux sans navette, et le bus.", "Le bus", "Il passe vite.", "Loin de tout", "Fin."]
    assert [(one.rows, one.numbers) for one in pieces_of(lines, came, {3})] == [([n], [n]) for n in range(5)]


def test_a_text_of_two_words_takes_no_time() -> None:
    draw = random.Random(1)
    one, other = (" ".join(draw.choices(["oui", "non"], k=n)) for n in (2_000, 3_000))
    start = time.perf_counter()
    found = pieces_of([line(one)], [other])
    assert time.perf_counter() - start < 2
    assert kept(found) == 0


def test_a_long_text_whose_every_line_changed_is_aligned_line_by_line() -> None:
    lines = [line(f"{SENTENCE} {number}") for number in range(400)]
    found = pieces_of(lines, [f"{SENTENCE} {number} aussi" for number in range(400)])
    assert kept(found) == 1
    assert (found[399].rows, found[399].numbers) == ([399], [399])


NAVETTE = "Une navette gratuite relierait les hameaux au marché chaque vendredi"


def ends(lines: list[str], came: list[str]) -> list[tuple[list[int], list[int]]]:
    return [(piece.rows, piece.numbers) for piece in pieces_of(list(map(line, lines)), came)]


def test_paragraphs_that_were_joined_parted_or_moved_are_found_again() -> None:
    end, added = "Le compte rendu finit ici", "Ce mot est ajouté"
    assert ends([SENTENCE, NAVETTE, end], [f"{SENTENCE}. {NAVETTE}", end]) == [([0, 1], [0]), ([2], [1])]
    assert ends([SENTENCE, end], [SENTENCE[:34], SENTENCE[34:], end]) == [([0], [0, 1]), ([1], [2])]
    assert ends([SENTENCE, end, NAVETTE], [NAVETTE, SENTENCE, end]) == [([0], [1]), ([1], [2]), ([2], [0])]
    gone = [([0], []), ([1], [0]), ([2], [1]), ([], [2])]
    assert ends([SENTENCE, NAVETTE, end], [NAVETTE, end, added]) == gone


def test_two_paragraphs_put_on_one_line_decide_nothing(planned: Plan) -> None:
    def edit(document: Any) -> None:
        one, other = (paragraph(document, f"{title} revient")._p for title in (BUS, AGENDA))
        for run in other.findall(qn("w:r")):
            one.append(run)
        other.getparent().remove(other)

    plan = planned(edit)
    assert (plan.lines, plan.conflicts) == ([], [])


def test_another_text_and_one_that_is_far_longer_are_told_before_they_are_aligned() -> None:
    lines = [line(SENTENCE)] * 200
    assert in_common(lines, [SENTENCE] * 100) == 0.5
    assert in_common(lines, ["oui non " * 300]) == 0
    assert not is_too_long(lines, [SENTENCE] * 300)
    assert is_too_long(lines, [SENTENCE] * 700)
