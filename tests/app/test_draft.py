"""The text as the page shows it and as it is edited there."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from chromium import said
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.document import compare_sections, passages, read_draft
from pipeline.app.titles import deciding
from pipeline.contracts.draft import Block, Draft, HeaderField, Section, Sentence, Shown, TextNode, WordsNode, WordsRef
from pipeline.review.log.on_titles import groups_under

if TYPE_CHECKING:
    from playwright.sync_api import Page


def heading(text: str, group_id: str) -> Block:
    """The title of a group, as the text shows it."""
    return Block("heading", groups=(group_id,), level=1, value=Shown(text))


def say(text: str, *groups: str) -> Block:
    return Block("paragraph", (Sentence((TextNode(text),), ()),), groups=groups)


@pytest.fixture
def group_id(desk: Desk) -> str:
    """A group that the text tells under its title, between an opening and what follows."""
    state = desk.session.state
    group = state.ordered_groups("est")[0]
    told = heading(group.title, group.group_id), say("On le dit.", group.group_id), say("Et d’autres titres.")
    section = Section("est", "Axe Est", (say("Ouverture."), *told))
    desk.draft = read_draft(Draft("Atelier", "fr-FR", (), (section,), (), (), {}), state)
    return group.group_id


def test_a_section_is_cut_where_a_person_may_write(desk: Desk, group_id: str) -> None:
    (section,) = desk.draft.sections
    assert [(one.group_id, one.text) for one in passages(section, desk.session.state)] == [
        ("", "Ouverture."), (group_id, "On le dit."), ("", "Et d’autres titres.")
    ]  # fmt: skip
    gone = replace(section, blocks=(heading("Ancien titre", "g-parti"), say("On le disait.")))
    assert [one.group_id for one in passages(gone, desk.session.state)] == [""]


def test_what_is_edited_in_the_text_is_seen_at_once(client: TestClient, desk: Desk, group_id: str) -> None:
    assert "On le dit." in client.get("/brouillon").text
    client.post("/acte", data={"op": "rename", "group": group_id, "title": "Le dernier car part trop tôt"})
    assert ">Le dernier car part trop tôt</a></h3>" in client.get("/brouillon").text
    client.post("/acte", data={"op": "texte", "group": group_id, "text": "Mon paragraphe.\nEt sa suite."})
    page = client.get("/brouillon").text
    assert '<p class="de-sa-main">Mon paragraphe.</p><p class="de-sa-main">Et sa suite.</p>' in page
    assert "<p>On le dit." not in page
    client.post("/acte", data={"op": "texte", "group": group_id, "text": ""})
    assert "On le dit." in client.get("/brouillon").text
    client.post("/acte", data={"op": "ecrire", "partie": "suites", "text": "Rendez-vous en <mai>."})
    page = client.get("/brouillon").text
    assert '<h2>Suites</h2><p class="de-sa-main">Rendez-vous en &lt;mai&gt;.</p>' in page
    client.post("/acte", data={"op": "ecrire", "partie": "suites", "text": ""})
    assert "<h2>Suites</h2>" not in client.get("/brouillon").text


def test_what_is_told_under_no_title_is_corrected_too(client: TestClient, desk: Desk) -> None:
    state = desk.session.state
    item = next(one for one in state.items.values() if one.group_id)  # its group has no heading in the text
    quote = WordsNode("quote", item.text, WordsRef(item.item_id, item.contribution_id, (0, 1), ((0, 1),)))
    section = Section("ouest", "Ouest", (Block("list", (Sentence((quote,), ()),)),), axis="ouest")
    desk.draft = read_draft(Draft("Atelier", "fr-FR", (), (section,), (), (), {}), state)
    page = client.get("/brouillon").text
    assert f'id="outils-{item.item_id}"' in page and f'/parole/{item.item_id}" aria-label="Ouvrir' in page
    own, source = client.get(f"/parole/{item.item_id}").text, state.sources[item.contribution_id]
    assert f"ils se corrigent dans {source.source}" in own and "Corriger" not in own  # written words stay as written
    state.sources[item.contribution_id] = replace(source, channel="transcript")
    assert "Corriger la transcription" in client.get(f"/parole/{item.item_id}").text
    client.post("/acte", data={"op": "quote", "item": item.item_id, "state": "bannie"})
    assert "écartée, quand le texte sera récrit" in client.get("/brouillon").text


def test_what_is_left_to_complete_is_listed_beside_the_text_where_it_is_done(client: TestClient, desk: Desk) -> None:
    header = (HeaderField("Lieu", "", "empty"), HeaderField("Date", "2 mai", "given"))
    section = Section("essentiel", "L’essentiel", (say("Ouverture."),))
    desk.draft = read_draft(Draft("Atelier", "fr-FR", header, (section,), (), (), {}), desk.session.state)
    client.post("/acte", data={"op": "titres", "titles": "Le lavoir"})
    (key,) = deciding(desk.session.state)
    told = unescape(client.get("/brouillon").text).split('id="a-completer"')[1].split("</div>")[0]
    assert ": Lieu</li>" in told and "Date" not in told
    assert re.findall('href="#ecrire-([a-z_]+)"', told) == ["fil_rouge", "suites", "remerciements"]
    assert f'/mur#colonne-{key}"' in told and ">Le lavoir</a>" in told
    client.post("/acte", data={"op": "ecrire", "partie": "suites", "text": "Se revoir."})
    told = client.get("/brouillon").text.split('id="a-completer"')[1].split("</div>")[0]
    assert "ecrire-suites" not in told


def test_each_document_of_the_run_is_taken_from_the_text(client: TestClient, desk: Desk, group_id: str) -> None:
    (desk.run.path / "restitution.docx").write_bytes(b"PK")
    links = re.findall(r'href="([^"]+/document/[^"]+)"', client.get("/brouillon").text)
    assert any(link.endswith("restitution.docx") for link in links)
    host = str(client.base_url).split("/resultat")[0]
    assert {client.get(host + link).status_code for link in links} == {200}


def test_another_proof_is_chosen_among_the_words_of_the_group(client: TestClient, desk: Desk, group_id: str) -> None:
    item = desk.session.state.items_of(group_id)[-1]
    assert f'id="citer-oui-{item.item_id}"' in client.get("/brouillon").text
    client.post("/acte", data={"op": "quote", "item": item.item_id, "state": "choisie"})
    assert desk.session.state.items[item.item_id].quote_choice == "choisie"
    assert "à citer, quand le texte sera récrit" in client.get("/brouillon").text
    client.post("/acte", data={"op": "quote", "item": item.item_id, "state": ""})
    assert desk.session.state.items[item.item_id].quote_choice is None


def test_why_words_that_a_person_chose_are_not_in_the_text_is_said(
    client: TestClient, desk: Desk, group_id: str
) -> None:
    """And where that changes: the paragraph to write, or the idea's own screen; not the text at large."""

    def told() -> str:
        return client.get("/changements").text.split("Choisies, mais pas citées")[1]

    item = desk.session.state.items_of(group_id)[-1]
    client.post("/acte", data={"op": "quote", "item": item.item_id, "state": "choisie"})
    client.post("/acte", data={"op": "texte", "group": group_id, "text": "De ma main."})
    assert "est écrit de votre main." in told() and f'/brouillon#ecrire-{group_id}"' in told()
    assert f'<textarea id="ecrire-{group_id}"' in client.get("/brouillon").text
    client.post("/acte", data={"op": "set_axis", "item": item.item_id, "axis": "hors_axe"})
    assert "elle est hors de la rose." in told() and f'/parole/{item.item_id}"' in told()
    assert '/brouillon"' not in told().split("</section>")[0]


def test_words_set_aside_are_said_to_leave_the_text_until_it_is_written_again(
    client: TestClient, desk: Desk, group_id: str
) -> None:
    item = desk.session.state.items_of(group_id)[0]
    desk.draft = replace(desk.draft, group_ids=(group_id,), item_ids=frozenset({item.item_id}))
    client.post("/acte", data={"op": "quote", "item": item.item_id, "state": "bannie"})
    line = client.get("/brouillon").text.split(f'id="citer-oui-{item.item_id}"')
    assert "dans le texte" not in line[0].rsplit("<li>", 1)[1]
    assert "écartée, quand le texte sera récrit" in line[1].split("</li>")[0]


def test_a_group_goes_before_the_one_that_the_text_tells_above_it(client: TestClient, desk: Desk) -> None:
    state = desk.session.state
    first, second, *others = state.ordered_groups("est")
    blocks = [heading(group.title, group.group_id) for group in (first, others[-1])]
    desk.draft = read_draft(Draft("Atelier", "fr-FR", (), (Section("est", "Axe Est", (*blocks,)),), (), (), {}), state)
    button = re.search(
        rf'<button id="monter-{others[-1].group_id}" name="position" value="(\d+)" >', client.get("/brouillon").text
    )
    assert button
    client.post("/acte", data={"op": "order", "group": others[-1].group_id, "position": button[1]})
    assert desk.session.state.ordered_groups("est")[:3] == [others[-1], first, second]
    told = re.findall(r'<h3><a href="[^"]+/groupe/([^"]+)"', client.get("/brouillon").text)
    assert told == [others[-1].group_id, first.group_id]  # at once, before the text is written again


def test_the_essential_that_says_a_title_as_it_was_is_to_be_read_again(client: TestClient, desk: Desk) -> None:
    group = desk.session.state.ordered_groups("est")[0]
    sentence = Sentence((TextNode(f"On dit que {group.title}."),), (), rewritten=True)
    section = Section("essentiel", "L’essentiel", (Block("paragraph", (sentence,)),))
    desk.draft = read_draft(Draft("Atelier", "fr-FR", (), (section,), (), (), {}), desk.session.state)
    assert "À relire" not in client.get("/brouillon").text
    was = group.title
    client.post("/acte", data={"op": "rename", "group": group.group_id, "title": "Le café du port"})
    assert f"renommé «\u00a0{was}\u00a0» en «\u00a0Le café du port\u00a0»" in unescape(client.get("/brouillon").text)
    client.post("/acte", data={"op": "undo"})
    assert 'id="a-relire"' not in client.get("/brouillon").text


def test_what_changed_in_the_text_is_told_section_by_section() -> None:
    def section(title: str, *texts: str) -> Section:
        sentences = tuple(Sentence((TextNode(text),), ()) for text in texts)
        return Section(title.lower(), title, (Block("paragraph", sentences),))

    before = (section("Est", "Un.", "Le bus manque le soir.", "Cinq."), section("Sud", "Trois.", "Six."))
    after = (section("Est", "Six.", "Le bus manque le dimanche.", "Un."), section("Nord", "Quatre."))
    changes = compare_sections(before, after)
    assert [(change.title, change.added, change.removed, change.replaced) for change in changes] == [
        ("Est", (), ("Cinq.",), (("Le bus manque le soir.", "Le bus manque le dimanche."),)),
        ("Nord", ("Quatre.",), (), ()),
        ("Sud", (), ("Trois.",), ()),
    ]
    assert compare_sections(before, before) == ()


@pytest.mark.browser
def test_a_click_on_a_title_of_the_text_rewords_it_where_it_stands(desk: Desk, group_id: str, page: Page) -> None:
    from playwright.sync_api import expect

    title, field = page.locator("[data-renommer]"), page.locator(f"#titre-{group_id}")
    was = desk.session.title_of(group_id) or ""
    title.click()
    expect(page.get_by_text("Entrée garde, Échap annule.")).to_be_visible()
    page.keyboard.type("Autre chose")
    page.keyboard.press("Escape")
    expect(field).to_have_value(was)
    assert desk.session.title_of(group_id) == was
    title.click()
    page.keyboard.type("Des cars plus tard le soir")
    page.keyboard.press("Enter")
    said(page, "en « Des cars plus tard le soir »")
    expect(title).to_have_text("Des cars plus tard le soir")


def test_the_axis_of_a_title_changes_where_it_stands_and_the_text_keeps_its_heading(
    client: TestClient, desk: Desk
) -> None:
    client.post("/acte", data={"op": "titres", "titles": "La nuit"})
    (key,) = deciding(desk.session.state)
    items = [one.item_id for one in desk.session.state.items.values() if one.axis in ("est", "nord")][:4]
    client.post("/acte", data={"op": "move", "item": items, "group_id": key})
    first = groups_under(desk.session.state, key)[0].group_id
    section = Section("titres", "Ce qui a été dit", (heading("La nuit", first), say("On le dit.", first)))
    desk.draft = read_draft(Draft("Atelier", "fr-FR", (), (section,), (), (), {}), desk.session.state)
    page = client.get("/brouillon").text
    assert f'id="axe-hors_axe-{first}" name="axis" value="hors_axe" aria-pressed="true" disabled' in page
    done = unescape(client.post("/acte", data={"op": "axe_du_titre", "group": first, "axis": "sud"}).text)
    assert "vous avez mis «\u00a0La nuit\u00a0» sur l’axe Sud" in done
    assert f'id="axe-sud-{key}" name="axis" value="sud" aria-pressed="true" disabled' in done
    assert f'id="titre-{key}"' in done and {desk.session.state.items[one].axis for one in items} == {"sud"}
    client.post("/acte", data={"op": "undo"})
    assert deciding(desk.session.state)[key].axis == ""
