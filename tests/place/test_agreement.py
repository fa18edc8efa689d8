"""The statistics of a blind check and of a double coding, against values worked out elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.place.agreement import Share, by_title, checked, drawn_placings, kappa, with_one_code


def test_wilson_interval_of_known_shares() -> None:
    assert Share(17, 20).interval == pytest.approx((0.6396, 0.9476), abs=1e-4)  # Newcombe 1998's formula by hand
    assert Share(0, 10).interval == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert Share(0, 0).interval == (0.0, 1.0) and Share(0, 0).value is None


@given(st.integers(0, 40), st.integers(1, 40))
def test_an_interval_holds_its_share(right: int, n: int) -> None:
    share = Share(min(right, n), n)
    low, high = share.interval
    assert 0 <= low <= (share.value or 0.0) + 1e-12 and (share.value or 0.0) - 1e-12 <= high <= 1


@given(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=60), st.randoms())
def test_a_draw_depends_on_no_order_and_a_late_idea_moves_one_of_it_at_most(ids: list[str], random: object) -> None:
    drawn = drawn_placings(ids, 5)
    mixed = list(ids)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert drawn_placings(mixed, 5) == drawn and len(drawn) == min(5, len(ids))
    assert len(set(drawn) - set(drawn_placings([*ids, "en retard"], 5))) <= 1


def test_a_blind_check_counts_what_was_chosen_without_seeing() -> None:
    assert checked(["t1", None, "t2"], ["t1", "t1", "t2"]) == Share(2, 3)


def test_kappa_of_a_known_table() -> None:
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: κ = 0.4
    one = ["oui"] * 25 + ["non"] * 25
    other = ["oui"] * 20 + ["non"] * 5 + ["oui"] * 10 + ["non"] * 15
    found = kappa(one, other)
    assert found.value == pytest.approx(0.4) and found.low < 0.4 < found.high
    assert found.agreement == Share(35, 50)
    assert kappa(["a", "b"], ["a", "b"]).value == 1
    with pytest.raises(ValueError, match="rows"):
        kappa([], [])


def test_titles_are_told_with_what_they_are_confused_with() -> None:
    coded = [["Bus"]] * 6 + [["Vélo"]] * 4 + [["Vélo", "Bus"], []]
    placed = ["Bus"] * 6 + ["Bus", "Bus", "Bus", "Vélo", "Vélo", "Bus"]
    bus, bike = by_title(coded, placed)
    assert (bus.title, bus.precision, bus.recall) == ("Bus", Share(6, 10), Share(6, 7))
    assert (bike.precision, bike.recall, bike.taken_by) == (Share(2, 2), Share(2, 5), ("Bus", 3))
    assert bus.takes_from == ("Vélo", 3)
    assert bike.is_to_reword and not bus.is_to_reword
    assert with_one_code(coded, placed)[-2:] == ["Vélo", ""]
