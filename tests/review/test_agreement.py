"""The machine judged blind."""

from dataclasses import replace

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipeline.place.titles import Title, title_table
from pipeline.restitution.writers.annex import checked_by_people, write_method
from pipeline.review.agreement import N_PLACINGS, drawn
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review
from pipeline.workshop.records import MachineTables


def test_the_method_note_tells_what_was_judged_and_re_read_and_nothing_else(
    session: Session, machine: MachineTables
) -> None:
    def note() -> str:
        reviewed = review(machine, session.run.decisions.lines(), None)
        return write_method(checked_by_people(reviewed)).decode()  # type: ignore[arg-type] # it holds these tables

    untouched = note()
    assert "tout ce qui est dit ici vient de la machine" in untouched
    assert "Relu par" not in untouched
    assert "échantillon" not in untouched
    first, second = list(session.state.groups)[:2]
    session.act("Marc", Wish("rename", groups=(second,)), title="Un titre")
    assert "Relu par" not in note()
    session.act("Anne", Wish("accept", groups=(first,)))
    assert f"Relu par Anne\u00a0: un groupe sur {len(session.state.groups)}." in note()
    session.act("Anne", Wish("rouvrir", groups=(first,)))
    assert "Relu par" not in note()


def test_placings_judged_blind_change_nothing_and_measure_those_that_the_machine_made(
    session: Session, machine: MachineTables
) -> None:
    tags = machine.tags
    placings = pd.DataFrame(
        {
            "item_id": tags["item_id"], "title_id": "g-cars", "likeliest": "g-cars", "chance": 0.9,
            "also": [[]] * len(tags), "second_title": None, "second_chance": 0.0, "axis": tags["axis"],
            "placed_by": ["personne", None, *["machine"] * (len(tags) - 2)],
        }
    )  # fmt: skip
    placings.loc[1, ["title_id", "placed_by"]] = [None, "machine"]
    titles = title_table((Title("Des cars trop rares", "est", title_id="g-cars"), Title("La nuit", title_id="g-nuit")))
    titled = replace(machine, titles=titles, placings=placings)
    blind = Session(session.run, titled)
    assert set(blind.start.found) == set(tags["item_id"][2:])  # neither a person's, nor what is to place
    sample = drawn(blind.start.found, 20, N_PLACINGS)
    assert len(sample) == N_PLACINGS
    before = {key: (item.group_id, item.axis) for key, item in blind.state.items.items()}
    for rank, key in enumerate(sample):
        answer = {"group_id": "g-cars"} if rank > 2 else {"group_id": "g-nuit"} if rank else {}
        decision, _ = blind.act("Anne", Wish("controle_titre", items=(key,)), **answer)
    assert {key: (item.group_id, item.axis) for key, item in blind.state.items.items()} == before
    reviewed = review(titled, session.run.decisions.lines(), None)
    (row,) = reviewed.control.to_dict("records")
    assert (row["axis"], row["n"], row["n_people"], row["share"]) == ("titres", 20, 1, 0.85)
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.64, 0.948)  # Wilson, 17 of 20
    note = write_method(checked_by_people(reviewed)).decode()  # type: ignore[arg-type] # it holds these tables
    assert "sans voir le titre sous lequel la machine les avait rangées" in note
    assert "Le même titre a été choisi\u00a0: 17 fois sur 20 (entre 64 et 95\u00a0%)." in note
    blind.act("Marc", Wish("controle_titre", items=(sample[0],)), group_id="g-cars")  # an item counts once, shared
    (row,) = review(titled, session.run.decisions.lines(), None).control.to_dict("records")
    assert (row["n"], row["n_people"], row["share"]) == (20, 2, 0.875)
    blind.act("Marc", Wish("controle", items=(sample[0],)), axis="nord")  # of an earlier version: it counts no more
    blind.set_undone("Anne", decision.decision_id, True)
    (row,) = review(titled, session.run.decisions.lines(), None).control.to_dict("records")
    assert row["n"] == 19


@given(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=60), st.randoms())
def test_a_draw_depends_on_no_order_and_a_late_idea_moves_one_of_it_at_most(ids: list[str], random: object) -> None:
    found = drawn(ids, 20, 5)
    mixed = list(ids)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert drawn(mixed, 20, 5) == found and len(found) == min(5, len(ids))
    assert len(set(found) - set(drawn([*ids, "en retard"], 20, 5))) <= 1
