"""One model of a workshop, shared by review, restitution, exports and programme.

`records` holds contributions, ideas, groups, links, themes and titles, read from the tables of a run (`tables`), which
a review changes; `model` is what may be shown of them, joined by `load` from the reviewed tables; `questions`, what was
answered by a side.
"""
