"""An assistant that is asked by hand: what is copied, what is pasted back, what the text then says."""

from __future__ import annotations

import html
import json
import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from browsing import base_of, client_in, serving
from chromium import faults_of, too_wide_at
from starlette.testclient import TestClient

from pipeline.api.runs import draft, withdraw
from pipeline.app.places import Place, Places
from pipeline.app.workspace import Workspace
from pipeline.assistant.by_hand import ASKED, PASTED_MAX, take
from pipeline.config import load_config
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.kept import AnswerFiles
from pipeline.review.exchange.files import plan_file
from pipeline.review.session import open_session, record_plan

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TITLE = "Des mois pour voir un médecin"
TRUE = "Il n’y a pas de médecin scolaire, et des patients renouvellent leur ordonnance faute de médecin."
FALSE = "Une maison de santé et ses 14 médecins ouvriront à Brest."


def workspace_on(run: Path) -> tuple[Workspace, Place]:
    place = Place.of_run(run)
    return Workspace(Places(run.parent / "Rosace", run.parent / "runs", place), load_config()), place


def client_of(run: Path) -> TestClient:
    return client_in(*workspace_on(run))


@pytest.fixture(scope="module")
def prepared(demo_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose request waits for an answer."""
    run = Path(shutil.copytree(demo_run, tmp_path_factory.mktemp("request") / "demo"))
    client_of(run).post("/assistant")
    return run


@pytest.fixture(scope="module")
def answered(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same once it was answered."""
    run = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("answer") / "demo"))
    browsed = client_of(run)
    browsed.post("/assistant", data={"reponse": json.dumps(answer_of(asked(browsed.get("/assistant").text)))})
    return run


@pytest.fixture
def run(request: pytest.FixtureRequest, prepared: Path, tmp_path: Path) -> Path:
    """A run of this test alone: with its request, or as a test asks for it (`never_asked`, `already_answered`)."""
    given = request.getfixturevalue(request.param) if hasattr(request, "param") else prepared
    return Path(shutil.copytree(given, tmp_path / "demo"))


never_asked = pytest.mark.parametrize("run", ["demo_run"], indirect=True)
already_answered = pytest.mark.parametrize("run", ["answered"], indirect=True)


@pytest.fixture
def browsed(run: Path) -> TestClient:
    return client_of(run)


def asked(page: str) -> dict[str, Any]:
    """The data that the request on a page shows; {} where there is none."""
    found = re.search(r'<textarea id="demande"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    told = re.search(r"<<<DONNÉES\n(\{.*?\})\nDONNÉES>>>", html.unescape(found[1]) if found else "", re.DOTALL)
    return dict(json.loads(told[1])) if told else {}


def answer_of(data: dict[str, Any]) -> dict[str, Any]:
    """Two sentences about one title, of which one brings a name and a number that nobody said."""
    lines = [idea.strip() for place in data["paroles"] for line in place["lignes"] for idea in line.split(" | ")]
    marks = [line.split(" ", 1)[0] for line in lines if "médecin" in line and line[0] == "p"][:12]
    title = next(one["id"] for one in data["titres"] if one["titre"] == TITLE)
    told = [{"texte": TRUE, "appuis": marks}, {"texte": FALSE, "appuis": marks}]
    return {"parties": [{"sous": title, "phrases": told}]}


@never_asked
def test_from_the_request_to_the_text(browsed: TestClient, run: Path) -> None:
    assert "quitte cette machine" in browsed.get("/assistant").text
    data = asked(browsed.post("/assistant").text)
    assert TITLE in [one["titre"] for one in data["titres"]]
    told = "Voici ma réponse :\n```json\n" + json.dumps(answer_of(data), ensure_ascii=False) + "\n```\nBonne suite !"
    page = browsed.post("/assistant", data={"reponse": told}).text
    shown = html.unescape(page).replace("\u00a0", " ")
    (result,) = re.findall(r'<p class="total" id="resultat">(.*?)</p>', shown)
    assert "1 phrase de votre assistant est dans le texte, " in result and ">1 à voir<" in result
    assert shown.index(result) < shown.index(FALSE) < shown.index('id="demande"')  # what became of it comes first
    assert re.search(rf'<summary>{re.escape(FALSE)} <span class="etat etat-rejete">\w', shown)
    (form,) = re.findall(
        r'<form method="post" action="[^"]+/acte">(?:(?!</form>).)*quand-meme.*?</form>', shown, re.DOTALL
    )
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    browsed.post("/acte", data=fields)
    assert f"{TRUE} {FALSE}" in html.unescape(browsed.get("/brouillon").text)
    assert 'id="refusees"' not in browsed.get("/assistant").text  # hers, it is no longer left out
    browsed.post("/acte", data={"op": "undo"})
    text = browsed.get("/brouillon").text
    assert TRUE[:-1] in html.unescape(text)
    assert FALSE not in html.unescape(text)
    assert FALSE in html.unescape((run / "methode.html").read_text(encoding="utf-8"))
    page = browsed.post("/assistant", data={"juger": "oui", "oter": FALSE, "retour": "/resultat/demo/assistant"}).text
    assert "C’est écarté" in page and "à voir" not in html.unescape(page)  # set aside, it is shown no more
    assert "modèle de langue" in (run / "restitution.md").read_text(encoding="utf-8")


@already_answered
def test_what_is_refused_may_be_read_again_or_not(browsed: TestClient, run: Path) -> None:
    again = asked(browsed.get("/assistant").text)
    assert 'id="vers-doutes"' not in browsed.get("/brouillon").text
    assert FALSE in [one["texte"] for one in again["a_relire"]]
    assert TRUE[:-1] in (run / "restitution.md").read_text(encoding="utf-8")  # the text does not wait for it
    (one,) = [one for one in again["a_relire"] if one["texte"] == FALSE]
    mended = {
        "n": one["n"],
        "texte": "Chez le médecin, c’est long, et il n’y a plus de médecin scolaire pour les patients.",
        "appuis": one["appuis"].split(),
    }
    page = browsed.post("/assistant", data={"reponse": json.dumps({"phrases": [mended]})}).text
    assert "rien à demander" in page
    assert mended["texte"][:-1] in (run / "restitution.md").read_text(encoding="utf-8")
    shown = html.unescape(page).replace("\u00a0", " ")
    assert re.search(
        rf"Depuis sa première réponse, 1 phrase a changé.*{re.escape(FALSE)}.*récrite à la relecture", shown, re.DOTALL
    )
    assert f"Dans le texte, à sa place : <q>{mended['texte']}</q>" in shown


@already_answered
def test_a_correction_that_is_refused_waits_beside_what_it_would_correct(browsed: TestClient, run: Path) -> None:
    again = asked(browsed.get("/assistant").text)
    (one,) = [one for one in again["a_relire"] if one["texte"] == TRUE]
    doubted = "Les drakkars des vikings mouillent sous la falaise, au pied du phare."
    mended = {"n": one["n"], "texte": doubted, "appuis": one["appuis"].split()}
    page = browsed.post("/assistant", data={"reponse": json.dumps({"phrases": [mended]})}).text
    shown = html.unescape(page).replace("\u00a0", " ")
    assert "1 phrase de votre assistant est dans le texte, " in shown
    assert f"D’ici là, reste dans le texte : <q>{TRUE}</q>" in shown
    page = browsed.post("/assistant", data={"juger": "oui", "juste": doubted}).text
    text = (run / "restitution.md").read_text(encoding="utf-8")
    assert doubted[:-1] in text and TRUE[:-1] not in text
    (back,) = re.findall(r'name="juste" value="([^"]+)">Reprendre celle-ci', html.unescape(page))
    assert back == TRUE


@already_answered
def test_a_title_that_is_added_after_an_answer_is_asked_for(browsed: TestClient, run: Path) -> None:
    browsed.post("/assistant", data={"reponse": '{"phrases": []}'})
    assert "rien à demander" in browsed.get("/assistant").text
    browsed.post("/acte", data={"op": "titres", "titles": "Trop loin des commerces"})
    page = html.unescape(browsed.get("/assistant").text)
    assert "1\u00a0titre est nouveau" in page and "«\u00a0Trop loin des commerces\u00a0»" in page
    assert "rien à demander" not in page
    page = browsed.post("/regenerer", data={"suite": "assistant"}).text
    assert "Trop loin des commerces" in [one["titre"] for one in asked(page)["titres"]]
    assert "que votre assistant n’a pas encore vu" in page and "est nouveau" not in page
    assert TRUE[:-1] in (run / "restitution.md").read_text(encoding="utf-8")  # until it is answered


@already_answered
def test_a_reading_that_changes_nothing_is_one(browsed: TestClient) -> None:
    page = browsed.post("/assistant", data={"reponse": '{"phrases": []}'}).text
    assert "ne change rien" in page and "rien à demander" in page


@pytest.mark.parametrize("verdict", ["juste", "oter"])
def test_what_may_say_something_else_is_shown_then_kept_or_taken_out_by_who_looked_at_it(
    browsed: TestClient, run: Path, verdict: str
) -> None:
    data = asked(browsed.get("/assistant").text)
    answer = answer_of(data)
    doubted = "Les drakkars des vikings mouillent sous la falaise, au pied du phare."
    answer["parties"][0]["phrases"] = [answer["parties"][0]["phrases"][0] | {"texte": doubted}]
    page = html.unescape(browsed.post("/assistant", data={"reponse": json.dumps(answer)}).text)
    assert "À vérifier de vos yeux" in page and doubted[:-1] in page
    assert 'id="vers-doutes"' in browsed.get("/brouillon").text
    (told,) = re.findall(rf'name="{verdict}" value="([^"]+)"', page)
    page = browsed.post("/assistant", data={"juger": "oui", verdict: [told, "Rien de tel."]}).text
    assert "À vérifier de vos yeux" not in page
    assert (doubted[:-1] in (run / "restitution.md").read_text(encoding="utf-8")) is (verdict == "juste")
    again = asked(page)  # what she judged is asked again of nobody
    assert doubted not in [one["texte"] for one in again["a_relire"]]
    assert (doubted in [one["texte"] for one in again["justes"]]) is (verdict == "juste")


def test_a_sentence_that_is_taken_out_goes_at_once_and_stays_out(browsed: TestClient, run: Path) -> None:
    told = json.dumps(answer_of(asked(browsed.post("/assistant").text)))
    browsed.post("/assistant", data={"reponse": told})
    (sentence,) = re.findall(r'name="oter" value="([^"]+)"', html.unescape(browsed.get("/brouillon").text))
    form = {"juger": "oui", "oter": sentence, "retour": f"{browsed.base_url.path}brouillon"}
    page = html.unescape(browsed.post("/assistant", data=form).text)
    assert "C’est écarté" in page and f"<p>{sentence}" not in page and 'id="a-jour"' in page
    assert sentence[:-1] in (run / "restitution.md").read_text(encoding="utf-8")  # documents wait
    browsed.post("/regenerer")
    assert sentence[:-1] not in (run / "restitution.md").read_text(encoding="utf-8")
    (again,) = re.findall(r'name="juste" value="([^"]+)">C’est juste', html.unescape(browsed.get("/assistant").text))
    browsed.post("/assistant", data={"juger": "oui", "juste": again})
    assert sentence[:-1] in (run / "restitution.md").read_text(encoding="utf-8")


@already_answered
def test_what_was_pasted_stays_when_the_text_is_written_again_and_goes_when_it_is_given_back(
    browsed: TestClient, run: Path, demo_run: Path
) -> None:
    (run / "restitution.md").unlink()
    draft(run)
    assert TRUE[:-1] in (run / "restitution.md").read_text(encoding="utf-8")
    browsed.post("/assistant", data={"quitter": "oui"})
    assert (run / "restitution.md").read_bytes() == (demo_run / "restitution.md").read_bytes()
    assert list((run / "modele").glob("*.json")) == []


def marks_after(run: Path, start: str) -> str:
    """The marks that stand at the end of a sentence in the text."""
    (found,) = re.findall(
        rf"{re.escape(start)}[^.]*?( \([^)]*\))?\.", (run / "restitution.md").read_text(encoding="utf-8")
    )
    return str(found)


@already_answered
def test_what_is_written_by_hand_keeps_what_it_cites(browsed: TestClient, run: Path, tmp_path: Path) -> None:
    cited = marks_after(run, TRUE[:-1])
    assert cited.count(",") > 3
    page = html.unescape(browsed.get("/brouillon").text)
    (form,) = [
        one for one in re.findall(r"<form(?:(?!</form>).)*</form>", page, re.DOTALL) if f"{TRUE}</textarea>" in one
    ]
    fields = dict(re.findall(r'name="(op|group)" value="([^"]+)"', form))
    hers = TRUE.replace("faute de médecin", "faute de docteur")
    browsed.post("/acte", data={**fields, "text": f"Dit par beaucoup. {hers} Et ceci, de ma main."})
    browsed.post("/regenerer")
    assert marks_after(run, hers[:-1]) == cited and marks_after(run, "Et ceci, de ma main") == ""
    browsed.post("/assistant", data={"quitter": "oui"})  # none of the answer is left
    assert marks_after(run, hers[:-1]) == cited
    document = docx.Document(str(run / "restitution.docx"))
    (paragraph,) = [one for one in document.paragraphs if "Et ceci" in one.text]
    (last,) = [one for one in paragraph.runs if "Et ceci" in one.text]
    last.text = last.text.replace("de ma main", "de ma plume")
    document.save(str(tmp_path / "restitution.docx"))
    session = open_session(RunFolder.open(run))
    record_plan(session, plan_file(session, tmp_path / "restitution.docx", "Odile"))
    draft(run)
    assert marks_after(run, hers[:-1]) == cited and marks_after(run, "Et ceci, de ma plume") == ""


def holding(run: Path) -> tuple[set[str], str]:
    """The ideas under the title in the tables, and the wall in the page of words."""
    tables = RunFolder.open(run)
    groups = tables.load_table("reviewed_groups")
    (group,) = groups.loc[groups["title"] == TITLE, "group_id"]
    held = tables.load_table("reviewed_memberships")
    return set(held.loc[held["group_id"] == group, "item_id"]), (run / "paroles.md").read_text(encoding="utf-8")


def test_the_wall_follows_the_page_and_one_act_takes_it_back(browsed: TestClient, run: Path) -> None:
    before, words = holding(run)
    data = asked(browsed.get("/assistant").text)
    kept, answer = AnswerFiles(run), answer_of(data)
    page = browsed.post("/assistant", data={"reponse": json.dumps(answer)}).text
    marks = answer["parties"][0]["phrases"][0]["appuis"]
    cited = {(kept.get("page") or {})["reperes"][mark] for mark in marks}
    (line,) = RunFolder.open(run).decisions.lines()
    assert {one["under"] for one in json.loads(line)["target"]["items"]} and not cited <= before
    now, told = holding(run)
    assert now >= cited and told != words
    wall = browsed.get("/mur").text
    for shown in (page, wall):
        assert re.search(rf"\b{len(cited)}\s+idées sont rangées comme dans la page", html.unescape(shown))
    cards = [one for one in wall.split("<li ") if "choix de l’assistant" in one]
    assert all(any(key in card for card in cards) for key in cited)
    assert "Rosace a rangé" in html.unescape(browsed.get("/historique").text)
    act = re.search(r'name="decision_id" value="(page-\w+)"', wall)
    assert act is not None
    browsed.post("/acte", data={"op": "undo", "decision_id": act[1], "retour": "/"})
    browsed.post("/regenerer")
    assert holding(run) == (before, words)
    assert TRUE[:-1] in (run / "restitution.md").read_text(encoding="utf-8")  # the text is what was pasted
    assert "Annuler ce rangement" not in browsed.get("/mur").text


UNREADABLE = ("", "Désolé, je ne peux pas répondre.", '{"phrases": []}', "{" * 5000, '{"parties": 3}')


@never_asked
def test_documents_are_taken_without_marks_nor_sources(browsed: TestClient, run: Path) -> None:
    def is_ticked(page: str) -> bool:
        return "checked" in re.findall(r'<input[^>]*id="sans-reperes"[^>]*>', page)[0]

    assert not is_ticked(browsed.get("/brouillon").text) and "## Sources" in (run / "restitution.md").read_text()
    asked = {"suite": "brouillon", "reperes": "choisis"}
    assert is_ticked(browsed.post("/regenerer", data={**asked, "sans_reperes": "oui"}).text)
    assert "## Sources" not in (run / "restitution.md").read_text()
    browsed.post("/regenerer")  # as she said last
    assert is_ticked(client_of(run).get("/brouillon").text) and "## Sources" not in (run / "restitution.md").read_text()
    assert not is_ticked(browsed.post("/regenerer", data=asked).text)
    assert "## Sources" in (run / "restitution.md").read_text()


def test_what_cannot_be_read_changes_nothing(browsed: TestClient) -> None:
    data = asked(browsed.get("/assistant").text)
    for pasted in UNREADABLE:
        after = browsed.post("/assistant", data={"reponse": pasted}).text
        assert "Rien n’a été lu" in after, pasted
        assert asked(after) == data != {}
    after = browsed.post("/assistant", data={"reponse": '{"parties": [{"texte": "<script>alert(1)</script>"}]}'}).text
    assert asked(after) == data
    assert "<script>alert" not in after


def test_an_answer_that_was_cut_gives_what_it_holds(browsed: TestClient, run: Path) -> None:
    whole = json.dumps(answer_of(asked(browsed.get("/assistant").text)), ensure_ascii=False)
    page = browsed.post("/assistant", data={"reponse": whole[: whole.index(FALSE) + 5]}).text
    assert "1\u00a0phrase de votre assistant est" in html.unescape(page)
    assert TRUE[:-1] in (run / "restitution.md").read_text(encoding="utf-8")


ONE, TWO = {"texte": "Le bus manque.", "appuis": ["p1"]}, {"texte": "Le soir, surtout.", "appuis": ["p2"]}
FIRST, LAST = (json.dumps({"parties": [{"sous": "est", "phrases": told}]}) for told in ([ONE], [ONE, TWO]))
OPENING = '{"parties": ['


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        (f"Exemple : {FIRST}\nRéponse : {LAST}\nBonne suite !", [ONE, TWO]),
        (LAST[:-20], [ONE]),
        (LAST[:40], None),
        ('{"parties": [{"sous": "t1", "titre": "Le bus."}]}', None),
        ('{"parties":' * PASTED_MAX, None),
        (OPENING + '{"phrases": [' * PASTED_MAX, None),
    ],
    ids=["the last", "cut", "cut too early", "what was shown", "deep", "deeper"],
)
def test_the_last_answer_is_read_as_far_as_it_is_whole(tmp_path: Path, text: str, phrases: Any) -> None:
    kept, key = AnswerFiles(tmp_path), "a" * 64
    kept.put(key, {"tache": "page", "forme": "Page", "reponse": "", "modele": "", "idees": []})
    kept.put(ASKED, {"idees": [], "attend": [key]})
    started = time.monotonic()
    assert take(kept, text) == (None if phrases is None else len(phrases))
    assert time.monotonic() - started < 3
    answer = (kept.get(key) or {})["reponse"]
    assert (json.loads(answer)["parties"][0]["phrases"] if answer else None) == phrases


def test_a_text_that_cannot_be_written_again_says_why(browsed: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    data = asked(browsed.get("/assistant").text)

    def fail(*_: object, **__: object) -> None:
        raise UsageError("Le disque est plein.")

    monkeypatch.setattr("pipeline.app.addresses.compare_sections", fail)
    page = browsed.post("/assistant", data={"reponse": json.dumps(answer_of(data))}).text
    assert re.search(r'class="message erreur"[^>]*>(?:(?!</div>).)*Le disque est plein\.', page, re.DOTALL)
    assert "phrases lues" not in page


def test_who_withdraws_is_erased_from_what_was_to_be_asked(run: Path) -> None:
    kept = AnswerFiles(run)
    items = RunFolder.open(run).load_table("items").set_index("item_id")
    gone = next(value["idees"][0] for value in kept.all() if value.get("idees"))
    withdraw(run, gone)
    assert not any(
        items.loc[gone, "text"] in value["messages"][1]["content"] for value in kept.all() if "messages" in value
    )


@never_asked
@pytest.mark.browser
def test_what_is_copied_is_what_is_shown_and_what_is_pasted_comes_into_the_text(run: Path, browser: Browser) -> None:
    address = serving(*workspace_on(run))
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(address)
        page.click("#vers-assistant")
        assert faults_of(page) == []
        page.click("#preparer")
        page.wait_for_selector("#copier")
        assert faults_of(page) == []
        assert too_wide_at(page, 1366, 390) == []
        page.click("#copier")
        page.wait_for_selector("text=Copié")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.input_value("#demande")
        told = json.dumps(answer_of(asked(page.content())), ensure_ascii=False)
        page.fill("#reponse", told)
        page.click("#verifier")
        page.wait_for_selector("#refusees")
        assert faults_of(page) == []
        page.goto(f"{base_of(page)}/brouillon")
        assert TRUE[:-1] in page.inner_text("article")


def test_l_essentiel_written_anew_is_read_with_the_sentences_of_a_rereading(tmp_path: Path) -> None:
    kept, key = AnswerFiles(tmp_path), "b" * 64
    kept.put(key, {"tache": "relecture", "forme": "Mended", "reponse": "", "modele": "", "idees": []})
    kept.put(ASKED, {"idees": [], "attend": [key]})
    assert take(kept, json.dumps({"phrases": [{"n": 1, **ONE}], "essentiel": [TWO, ONE]})) == 3
