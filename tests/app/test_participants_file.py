"""The file for participants, as the page gives it: what it hides."""

from __future__ import annotations

from starlette.testclient import TestClient

from pipeline.app.desk import Desk


def test_a_sentence_written_before_says_no_more_than_what_may_be_said(client: TestClient, desk: Desk) -> None:
    state, html = desk.session.state, client.get("/retrouver-ma-parole.html").text
    item = next(item for item in state.items.values() if item.text == "Le café associatif marche très bien")
    assert item.text in html
    client.post("/acte", data={"op": "ne_pas_citer", "item": item.item_id, "value": "oui"})
    assert item.text not in client.get("/retrouver-ma-parole.html").text


def test_the_participants_file_hides_what_it_must(client: TestClient, desk: Desk) -> None:
    item = next(item for item in desk.session.state.items.values() if "Jeanne Morel" in item.text)
    start = item.text.index("Jeanne")
    span = f"{item.contribution_id}|{start}|{start + 12}|Jeanne Morel"
    client.post("/acte", data={"op": "mask", "span": span, "value": "oui"})
    html = client.get("/retrouver-ma-parole.html").text
    spoken = [i.text for i in desk.session.state.items.values()
              if desk.session.state.sources[i.contribution_id].channel == "transcript"]  # fmt: skip
    assert spoken
    assert not any(text in html for text in spoken)
    assert "Jeanne Morel" not in html
    assert "<script>document" not in html
    assert "http" not in html.replace("http-equiv", "")
