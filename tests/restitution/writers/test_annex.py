"""The page on method says why each group is told or is not."""

from workshop_told import group_of, hand_made, plan_of

from pipeline.restitution.writers.annex import reasons


def test_every_group_has_its_reason() -> None:
    material = hand_made()
    page = reasons(plan_of(material), material)
    assert page.count("<tr><td>") == len(material.groups)
    assert "<td>Mettre en commun les minibus</td><td>Sud</td><td>3</td><td>3</td>" in page


def test_a_title_is_text() -> None:
    material, _ = group_of("<b>Le four à pain</b>", "<b>Le four à pain</b> est froid")
    assert "<b>" not in reasons(plan_of(material), material)
