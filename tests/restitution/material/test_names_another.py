"""A side that speaks of another proposal is none of this one."""

from __future__ import annotations

from dataclasses import replace

from workshop_told import group_of

from pipeline.restitution.material.kinship import Kinship


def test_who_names_another_proposal_speaks_of_that_one() -> None:
    material, group = group_of("Prêter le camion", "Prêter le camion du marché", "D'accord pour la navette", axis="sud")
    other = replace(group, group_id="h", title="Créer une navette", members=())
    kinship = Kinship(replace(material, groups={"g": group, "h": other}))
    assert kinship.names_another(material.items["i1"], group)
    assert not kinship.names_another(material.items["i0"], group)
    assert not kinship.names_another(material.items["i1"], replace(group, is_accepted=True))
