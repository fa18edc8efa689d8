"""One model of a workshop: contribution, idea, title, group, link and decision, from tables and to tables.

`model` holds the objects, `load` joins the tables into what may be shown; restitution, exports and programme read it.
"""
