"""What the machine read of each idea, and what people decided of it."""

from __future__ import annotations

from decided_workshop import DECIDED, HIDDEN, said

from pipeline.restitution.exports.contents import Contents


def test_the_machine_s_axis_stays_beside_that_of_people(contents: Contents) -> None:
    readings = {reading.item.item_id: reading for reading in contents.readings()}
    assert list(readings) == list(contents.material.items)
    assert said(HIDDEN) not in readings
    one, other = readings[said(DECIDED)], readings[said(0)]
    assert (one.axis, one.chance, one.item.axis, one.decided_by) == ("sud", 0.8, "est", "Awa")
    assert (other.axis, other.chance, other.item.axis, other.decided_by) == ("est", 0.8, "est", "")
