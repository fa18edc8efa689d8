"""Decisions about groups: title, theme, verdict, question, place, author's paragraph, and which items they hold; and
the parts of the text that a person writes."""

from __future__ import annotations

from pipeline.axes import HORS_AXE
from pipeline.review.log.anchors import ActError, find_item, named_group, named_groups, named_items
from pipeline.review.log.decisions import Decision
from pipeline.review.log.membership import attach, count_again, open_group, usual_theme
from pipeline.review.log.on_titles import groups_under, put_under, reword
from pipeline.review.log.op import ASKS_PLACE, ASKS_TITLE, OUT, Op, quoted
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import GivenTitle, Group, Written

VERDICTS = {"accept": "accepte", "revoir": "a_revoir", "reject": "rejete", "rouvrir": "machine"}
"""Op → the state that it gives a group."""


def _rename(state: ReviewState, decision: Decision) -> str:
    title = str(decision.after.title)
    if decision.target.theme_id is not None:
        theme = state.themes.get(decision.target.theme_id)
        if theme is None:
            raise ActError("orpheline", "Ce thème n'existe plus. Renommez celui qui l'a remplacé.")
        theme.title, theme.decided_by = title, decision.author
        return ""
    for key in decision.target.groups:
        given = state.titled.get(key)
        groups = [named_group(state, decision, key)] if given is None else groups_under(state, given.title_id)
        for group in groups:
            word_title(group, decision, title)
            group.decided_by = decision.author
        state.sided |= {group.group_id for group in groups}
        if given is not None:
            reword(state, given.title_id, title)
    return ""


def _set_theme(state: ReviewState, decision: Decision) -> str:
    theme_id = str(decision.after.theme_id)
    if theme_id not in state.themes:
        raise ActError("orpheline", "Ce thème n'existe plus. Choisissez-en un autre pour ce groupe.")
    for group in named_groups(state, decision):
        group.theme_id, group.decided_by = theme_id, decision.author
    return ""


def _judge(state: ReviewState, decision: Decision) -> str:
    note = ""
    if decision.target.items:
        items, note = named_items(state, decision)
        for item in items:
            item.status, item.axis_by = "sur", decision.author
    for group in named_groups(state, decision):
        group.state = VERDICTS[decision.op]
        group.decided_by = decision.author
        title = {state.titled[group.group_id].title_id} if group.group_id in state.titled else set[str]()
        state.closed = state.closed | title if decision.op == "accept" else state.closed - title
        for item_id in state.members[group.group_id] if decision.op == "accept" else ():
            state.items[item_id].status = "sur"
    return note


def _problematique(state: ReviewState, decision: Decision) -> str:
    for group in named_groups(state, decision):
        group.question, group.decided_by = decision.after.question or None, decision.author
        group.worded |= {"question"}
    return ""


def _order(state: ReviewState, decision: Decision) -> str:
    for group in named_groups(state, decision):
        state.pins.pop(group.group_id, None)
        state.pins[group.group_id] = int(decision.after.position or 0)
        group.decided_by = decision.author
    return ""


def _texte(state: ReviewState, decision: Decision) -> str:
    note = ""
    for group in named_groups(state, decision):
        then = decision.before.value
        count_again(state)
        if isinstance(then, dict) and then != figures(group) and decision.after.text:
            note = "Les chiffres de ce groupe ont changé depuis que ce paragraphe a été écrit : relisez-le."
        group.author_text, group.decided_by = decision.after.text or None, decision.author
        cited = ((one.under or "", find_item(state, one)) for one in decision.target.items)
        group.author_cites = tuple((sentence, item.item_id) for sentence, item in cited if item is not None)
    return note


def _ecrire(state: ReviewState, decision: Decision) -> str:
    part = str(decision.target.part)
    state.parts.pop(part, None)  # a part that is written again comes last
    if decision.after.text:
        state.parts[part] = Written(decision.after.text, decision.author)
    return ""


def figures(group: Group) -> dict[str, int | None]:
    """The counts that a paragraph about a group may tell."""
    return {name: getattr(group, name) for name in ("n_items", "n_ideas", "n_people", "n_tables")}


def word_title(group: Group, decision: Decision, title: str) -> None:
    """Give a group a title; left as the page proposed it, the machine's stays the machine's (its names are hidden).

    The machine's question was made of the machine's title: it goes with it, unless a person wrote it.
    """
    if title.split() != str(decision.before.value).split():  # a form makes all spaces plain
        group.title, group.worded, group.title_coverage = title, group.worded | {"title"}, None
        group.question = group.question if "question" in group.worded else None


GROUP_OPS = (
    Op(
        "rename", "group or theme", apply=_rename, needs=("title",), fields=("title",), asks=ASKS_TITLE,
        is_followed=True,
        tell=lambda story: f"a renommé {quoted(str(story.decision.before.value))} en {story.title}",
    ),
    Op(
        "set_theme", "groups", apply=_set_theme, needs=("theme_id",), fields=("theme_id",),
        tell=lambda story: f"a changé le thème de {story.group}", was_group=lambda group: group.theme_id,
    ),
    Op(
        "accept", "items or groups", apply=_judge, was_group=lambda group: group.state,
        tell=lambda story: f"a accepté {story.group}" if story.group else f"a confirmé l’axe de {story.items}",
    ),
    Op(
        "revoir", "groups", apply=_judge, was_group=lambda group: group.state,
        tell=lambda story: f"a mis {story.group} à revoir",
    ),
    Op(
        "reject", "groups", apply=_judge, was_group=lambda group: group.state,
        tell=lambda story: f"a rejeté {story.group}",
    ),
    Op("rouvrir", "groups", apply=_judge, tell=lambda story: f"a remis {story.group} à relire"),
    Op(
        "problematique", "groups", apply=_problematique, fields=("question",), was_group=lambda group: group.question,
        tell=lambda story: f"a écrit la question de {story.group} : {quoted(story.after.question or '')}",
    ),
    Op(
        "order", "groups", apply=_order, needs=("position",), fields=("position",),
        tell=lambda story: f"a placé {story.group} en position {(story.after.position or 0) + 1}",
    ),
    Op(
        "texte", "groups", apply=_texte, fields=("text",), was_group=figures,
        tell=lambda story: f"a écrit un paragraphe pour {story.group}",
    ),
    Op(
        "ecrire", "part", apply=_ecrire, fields=("text",),
        tell=lambda story: f"a {'écrit' if story.after.text else 'effacé'} {story.part}",
    ),
)  # fmt: skip


def _move(state: ReviewState, decision: Decision) -> str:
    items, note = named_items(state, decision)
    if decision.after.group_id is None:
        attach(state, items, None, decision.author)
        return note
    return " ".join(filter(None, (note, put_under(state, decision, items, decision.after.group_id))))


def _merge(state: ReviewState, decision: Decision) -> str:
    """Put together groups of one axis, or what stands under titles of people: the first keeps its place."""
    held = {key: _called(state, decision, key) for key in decision.target.groups}
    kept, *absorbed = held
    others = {group.group_id: group for key in absorbed for group in held[key]}
    given, own = state.titled.get(kept), {group.group_id: group for group in held[kept]}
    if given is None and not others.keys() - own.keys():
        raise ActError("conflit", "Ces groupes n'en font déjà plus qu'un : rien à faire.")
    if given is None and len({group.axis for group in (own | others).values()}) > 1:
        raise ActError(
            "conflit",
            "Ces groupes ne sont plus sur le même axe. Changez l'axe de l'un d'eux, puis fusionnez à nouveau.",
        )
    for key in absorbed:
        _forget_title(state, key, given)
    told = []
    for group in others.values():
        items = state.items_of(group.group_id)
        if given is not None:
            told.append(put_under(state, decision, items, kept))
        else:
            attach(state, items, next(iter(own)), decision.author)
    for group in _called(state, decision, kept):
        if decision.after.title is not None:
            word_title(group, decision, decision.after.title)
        group.decided_by = decision.author
    if given is not None and decision.after.title is not None:
        reword(state, given.title_id, decision.after.title)
    return " ".join(filter(None, told))


def _forget_title(state: ReviewState, key: str, given: GivenTitle | None) -> None:
    """Leave no title apart of what goes under another, or in a group; on all its axes when the key is of them all."""
    if given is not None and key in state.titled:
        state.merged[state.titled[key].title_id] = given.title_id
    is_whole = key in state.titled and state.titled[key].title_id == key
    gone = [name for name, of in state.titled.items() if is_whole and of.title_id == key] or [key]
    state.titled = {name: of for name, of in state.titled.items() if name not in gone}


def _called(state: ReviewState, decision: Decision, key: str) -> list[Group]:
    """The groups that a key names: all of a title of people that is on all axes, else the one."""
    title = state.titled.get(key)
    if title is not None and (title.title_id == key or key not in state.groups):
        return groups_under(state, title.title_id) if title.title_id == key else []
    return [named_group(state, decision, key)]


def _split(state: ReviewState, decision: Decision) -> str:
    source = named_group(state, decision, decision.target.groups[0])
    items, note = named_items(state, decision)
    inside = [item for item in items if item.group_id == source.group_id]
    if not inside:
        raise ActError("conflit", "Les idées cochées ne sont plus dans ce groupe. Cochez-les à nouveau.")
    _create_group(state, decision, source.axis, source.theme_id)
    attach(state, inside, str(decision.after.group_id), decision.author)
    if source.group_id in state.groups:
        source.decided_by = decision.author
    return note


def _create(state: ReviewState, decision: Decision) -> str:
    items, note = named_items(state, decision)
    axis = str(decision.after.axis)
    if axis == HORS_AXE:
        raise ActError("conflit", "Un groupe se crée sur un des quatre axes de la rose. Choisissez-en un.")
    _create_group(state, decision, axis, decision.after.theme_id or usual_theme(state, items))
    attach(state, items, str(decision.after.group_id), decision.author)
    return note


def _create_group(state: ReviewState, decision: Decision, axis: str, theme_id: str) -> None:
    group_id = str(decision.after.group_id)
    if group_id in state.groups:
        raise ActError("conflit", "Ce groupe a déjà été créé. Rien à faire.")
    group = open_group(state, group_id, axis, theme_id, str(decision.after.title), decision.author)
    group.decided_by, group.worded = decision.author, frozenset({"title"})


MOVE_OPS = (
    Op(
        "move", "items", apply=_move, fields=("group_id",), asks=ASKS_PLACE, is_on_ticked=True, is_followed=True,
        was_item=lambda state, item: state.groups[item.group_id].title if item.group_id is not None else None,
        tell=lambda story: f"a déplacé {story.what} {f'vers {story.destination}' if story.after.group_id else OUT}",
    ),
    Op(
        "merge", "two groups", apply=_merge, fields=("title",),
        tell=lambda story: f"a réuni {story.groups}{story.new_title}",
    ),
    Op(
        "split", "items of a group", apply=_split, needs=("group_id", "title"), fields=("title",), asks=ASKS_TITLE,
        is_on_ticked=True, opens_group=True, is_followed=True,
        tell=lambda story: f"a séparé {story.items} de {story.group} dans {story.title}",
    ),
    Op(
        "create", "items", apply=_create, needs=("group_id", "title", "axis"), fields=("title", "axis"),
        asks=ASKS_TITLE, is_on_ticked=True, opens_group=True, is_followed=True,
        tell=lambda story: f"a créé {story.title} avec {story.items}",
    ),
)  # fmt: skip
