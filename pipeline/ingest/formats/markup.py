"""Signs of markup in a text: what a reader of the page sees is told without them."""

import html
import re

from pipeline.language.syntax.finite_verbs import holds_word
from pipeline.language.text.lists import either, read_words
from pipeline.language.vocabulary.courtesies import says_nothing

_ELEMENTS = either(read_words(__name__, "html_elements"))
_TAG = re.compile(rf"</?(?:{_ELEMENTS})(?:\s[^<>]{{0,1000}})?/?>", re.IGNORECASE)
_UNSEEN = re.compile(
    r"<(?P<tag>figcaption|script|style|template)\b[^<>]{0,300}>.{0,10000}?</(?P=tag)>|<!--.{0,10000}?-->",
    re.IGNORECASE | re.DOTALL,
)
_NEW_LINE = re.compile(r"<br\s*/?>|</(?:p|li|div|h[1-6]|tr|dd|dt|blockquote)>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{0,1000})\]\((?:[^()\s]*(?: +\"[^\"\n]{0,200}\")?\)|(?:https?://|www\.)[^()\s]+)")
"""`[la carte](https://…)`, closed or not."""
_LEAKS = (
    (re.compile(r"!\[[^\[\]]{0,1000}\](?:\([^()\n]{0,1000}\)|\[[^\[\]]{0,300}\])|!\[\[[^\[\]]{1,300}\]\]"), ""),
    (_LINK, r"\1"),
    (re.compile(r"\[([^\[\]]{0,300})\]\{[.#][^{}]{1,80}\}"), r"\1"),
    (re.compile(r"\[\^[\w-]{1,20}\](?!:)|(?<=\w)\[\d{1,3}\](?![(:])"), ""),
    (re.compile(r"(?<=\S)\s*\{[.#][\w.# =\"-]{1,80}\}\s*$"), ""),
    (re.compile(r"\{%[^{}%]{0,300}%\}|\{\{[^{}]{0,300}\}\}|^\s*\[{1,2}_?TOC_?\]{1,2}\s*$"), ""),
)
"""What is beside the words of a text: images, addresses of links, spans and their classes, calls of notes, attributes
of headings, calls of templates and tables of contents."""
_STRUCK = re.compile(r"~~(?=\S)(.{1,2000}?)(?<=\S)~~")
_AGAIN = re.compile(r"\s*([,;])(?:\s*[,;])+")
_NOTE_CALL = re.compile(r"(?<=[^\W\d_]{4})[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}(?!\w)")
"""`rond-point¹`, where `km²` is a unit."""
ARROW = re.compile(r"^(?:[-=–—]{1,2}>|>>|[→⇒➔➜➝➞])\s*(?=[^\W\d_])")
"""`-> un abri` at the head of a line."""
_MARKUP = ((re.compile(r"(\*\*|__|==)(?=\S)(.{1,2000}?)(?<=\S)\1"), r"\2"),)
_EMPHASIS = re.compile(r"(?<![\w*])(?P<sign>[*_])(?=\S)([^*_\n]+?)(?<=\S)(?P=sign)(?![\w*])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKED_MAX = 200_000
"""Characters of a line beyond which it is refused later: its marks are not looked for."""
_BOX = re.compile(
    r"(?:!!!|\?\?\?)\+? ?(?P<kind>[a-z]+)(?: inline(?: end)?)?(?: \"(?P<title>[^\"]*)\")?$"
    r"|:{3,}\s*(?:\{[^{}]*\}|(?P<type>[a-z-]*)(?:\[(?P<name>.*)\]|\s(?P<words>.*))?)$|>\s*\[!(?P<mark>\w+)\][+-]?\s*(?P<of>.*)$"
)
"""`!!! note "Titre"`, `:::tip Titre`, `> [!NOTE]`: what opens a box, or closes one."""


def plain(text: str, is_markdown: bool) -> str:
    """A line without its signs of markup; those of Markdown only where `is_markdown`."""
    if len(text) > _MARKED_MAX:
        return text
    for pattern, kept in _LEAKS if "[" in text or "{" in text else ():
        text = pattern.sub(kept, text)
    text = ARROW.sub("", _NOTE_CALL.sub("", text))
    if not is_markdown:
        return text.strip()
    for pattern, kept in _MARKUP:
        text = pattern.sub(kept, text)
    text = html.unescape(text) if "&" in text else text
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", text)).strip()


def without_tags(text: str, line: str = "\n") -> str:
    """A text without tags of HTML, nor what a page does not show of it, its lines where they were; `line` stands where
    an element ends one."""
    for pattern, kept in ((_UNSEEN, ""), (_NEW_LINE, line), (_TAG, "")):
        text = pattern.sub(lambda found, kept=kept: kept + "\n" * found.group().count("\n"), text)  # type: ignore[misc]
    return text


ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def says_words(text: str) -> bool:
    """Whether a text says something: beside addresses, « voir https://… », more than that one has nothing to say."""
    bare = without_tags(text) if "<" in text else text
    told, n_addresses = ADDRESS.subn(" ", bare)
    is_of_link = n_addresses and {*re.findall(r"[^\W\d_]+", told.lower())} <= read_words(__name__, "link_words")
    return holds_word(told) and not is_of_link and not says_nothing(told.strip())


def without_struck(text: str) -> tuple[str, str]:
    """A text without what is struck in it, `~~un banc~~`, and that."""
    struck = ", ".join(_STRUCK.findall(text)) if "~~" in text else ""
    return (_AGAIN.sub(r"\1", " ".join(_STRUCK.sub(" ", text).split())) if struck else text), struck


def title_of_box(line: str) -> str | None:
    """The title of the box that a line of Markdown opens, else its kind, "" where it closes one; None for another
    line."""
    found = _BOX.match(line)
    return next((told.strip() for told in reversed(found.groups()) if told and told.strip()), "") if found else None
