"""The natures of obstacles and proposals."""

from __future__ import annotations

from pipeline.natures import OTHER, nature_codes, natures


def test_obstacles_and_proposals_have_natures_and_other_axes_none() -> None:
    assert set(natures()) == {"est", "sud"}
    assert list(natures()["est"])[:2] == ["manque", "acces"]
    assert all(OTHER in codes and all(codes.values()) for codes in natures().values())


def test_a_code_of_two_axes_is_listed_once() -> None:
    assert nature_codes().count(OTHER) == 1
    assert {"manque", "creer"} <= set(nature_codes())
