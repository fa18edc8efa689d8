"""Decisions about groups: their title, theme, verdict, question, place in their axis, and the author's paragraph.

Comments, on words too, and whose turn it is: what people who review say to one another, which changes no text.
"""

from __future__ import annotations

from pipeline.review.log.anchors import ActError, named_groups, named_items
from pipeline.review.log.decisions import Decision
from pipeline.review.log.op import Op
from pipeline.review.log.spread import count_again
from pipeline.review.log.state import Comment, Group, ReviewState
from pipeline.review.log.story import quoted

VERDICTS = {"accept": "accepte", "revoir": "a_revoir", "reject": "rejete", "rouvrir": "machine"}
"""Op → the state that it gives a group."""
FIGURES = ("n_items", "n_ideas", "n_voices", "n_tables")


def _rename(state: ReviewState, decision: Decision) -> str:
    title = str(decision.after.title)
    if decision.target.theme_id is not None:
        theme = state.themes.get(decision.target.theme_id)
        if theme is None:
            raise ActError("orpheline", "Ce thème n'existe plus. Renommez celui qui l'a remplacé.")
        theme.title, theme.decided_by = title, decision.author
        return ""
    for group in named_groups(state, decision):
        word_title(group, decision, title)
        group.decided_by = decision.author
    return ""


def _set_theme(state: ReviewState, decision: Decision) -> str:
    theme_id = str(decision.after.theme_id)
    if theme_id not in state.themes:
        raise ActError("orpheline", "Ce thème n'existe plus. Choisissez-en un autre pour ce groupe.")
    for group in named_groups(state, decision):
        group.theme_id, group.decided_by = theme_id, decision.author
    return ""


def _judge(state: ReviewState, decision: Decision) -> str:
    told = ""
    if decision.target.items:
        items, told = named_items(state, decision)
        for item in items:
            item.status, item.axis_by = "sur", decision.author
    for group in named_groups(state, decision):
        group.state = VERDICTS[decision.op]
        group.decided_by = decision.author
    return told


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
    told = ""
    for group in named_groups(state, decision):
        then = decision.before.value
        count_again(state)
        now = figures(group)
        if isinstance(then, dict) and then != now and decision.after.text:
            told = "Les chiffres de ce groupe ont changé depuis que ce paragraphe a été écrit : relisez-le."
        group.author_text, group.decided_by = decision.after.text or None, decision.author
    return told


def figures(group: Group) -> dict[str, int | None]:
    """The counts that a paragraph about a group may tell."""
    return {name: getattr(group, name) for name in FIGURES}


def word_title(group: Group, decision: Decision, title: str) -> None:
    """Give a group a title; left as the page proposed it, the machine's stays the machine's (its names are hidden).

    The machine's question was made of the machine's title: it goes with it, unless a person wrote it.
    """
    if title.split() != str(decision.before.value).split():  # a form makes all spaces plain
        group.title, group.worded, group.title_coverage = title, group.worded | {"title"}, None
        group.question = group.question if "question" in group.worded else None


def _comment(state: ReviewState, decision: Decision) -> str:
    told = ""
    comment = Comment(decision.decision_id, decision.author, decision.ts, str(decision.after.text))
    if decision.target.items:
        items, told = named_items(state, decision)
        for item in items:
            item.comments += (comment,)
    for group in named_groups(state, decision):
        group.comments += (comment,)
    return told


def _entrust(state: ReviewState, decision: Decision) -> str:
    for group in named_groups(state, decision):
        group.turn = decision.after.text or None
    return ""


GROUP_OPS = (
    Op(
        "rename", "group or theme", apply=_rename, needs=("title",), fields=("title",), asks=("title",),
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
        "commenter", "items or groups", apply=_comment, needs=("text",), fields=("text",), asks=("text",),
        tell=lambda story: f"a commenté {story.what} : {quoted(story.after.text or '', 140)}", is_beside=True,
    ),
    Op(
        "confier", "groups", apply=_entrust, fields=("text",), was_group=lambda group: group.turn,
        tell=lambda story: f"a confié {story.group} à {story.after.text}"
        if story.after.text
        else f"ne confie plus {story.group} à personne",
        is_beside=True,
    ),
)  # fmt: skip
