"""The restitution stage: facts → draft.json → every format, from the draft and nothing else."""

from __future__ import annotations

import re
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from pipeline.assistant.asking import Assistant
from pipeline.config import Config
from pipeline.contracts.draft import Draft, Facts
from pipeline.contracts.plan import Plan
from pipeline.language.text.typography import typeset
from pipeline.restitution.draft import as_drawn, telling_of, write_draft
from pipeline.restitution.figures.gallery import planned, poster
from pipeline.restitution.figures.rose import Figure
from pipeline.restitution.marking import marked, unmarked
from pipeline.restitution.quoting.lock import check
from pipeline.restitution.rewriting.page import Rewritten, rewrite_draft, summary
from pipeline.restitution.sections.closing import left_to_do
from pipeline.restitution.words import write_words
from pipeline.restitution.writers.annex import checked_by_people, reasons, write_ledger, write_method
from pipeline.restitution.writers.office import write_office
from pipeline.restitution.writers.page import write_door, write_page
from pipeline.restitution.writers.text import MARKDOWN, PLAIN, YESWIKI
from pipeline.restitution.writers.workbook import write_elements
from pipeline.workshop.items import shown_around
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Material
from pipeline.workshop.tables import RestitutionTables

N_BESIDE = 2
"""Documents of office suites that are written at once, each by a process, while the others are made here."""
Made = bytes | Future[bytes]

DOCUMENT = "restitution"


@dataclass(frozen=True)
class RestitutionResult:
    """What to write.

    Attributes
    ----------
    facts : every fact by name; facts.json.
    plan : what is said of what, and why; plan.json.
    draft : the document as data; draft.json.
    files : name inside the run → content: `restitution.*`, `index.html`, figures, `elements.xlsx`, annexes.
    warnings : sentences in French for the person who ran it.
    written : the draft as a language model wrote in it, and what became of each of its sentences.
    """

    facts: Facts
    plan: Plan
    draft: Draft
    files: dict[str, bytes]
    warnings: tuple[str, ...]
    written: Rewritten


def write_restitution(
    tables: RestitutionTables,
    config: Config,
    assistant: Assistant | None = None,
    title: str = "",
) -> RestitutionResult:
    """Compute the facts, draft the sections, lock the quotes, and render every format in memory.

    Parameters
    ----------
    assistant : a language model that may write paragraphs, each sentence checked; None for none.
    title : of a programme, whose workshops have their own documents and reviews; "" for that of the workshop.

    Raises
    ------
    BrokenDraftError : the draft says what its sources do not (a bug, or a table changed by hand).
    UsageError : a template or a reference document in the configuration cannot be used.
    """
    material = read_material(tables)
    plan, facts, figures, petals = planned(material, config.restitution)
    telling = telling_of(material, plan, facts, config.restitution.espaces)
    telling = replace(telling, length=config.restitution.longueur)
    draft = write_draft(telling, config.restitution)
    notices = (*left_to_do(telling),)
    written = Rewritten(draft)
    if assistant is not None:
        written = rewrite_draft(draft, telling, assistant)
        notices += (summary(written),) * bool(written.outcomes)
    ours = written.draft if written.page or title else as_drawn(written.draft, config.restitution.espaces)
    draft = _whole(ours, tables, material, facts, figures, title)
    left_out, drawn = [*draft.left_out], _drawn(figures)
    with ThreadPoolExecutor(N_BESIDE) as beside:
        made = _documents(draft, figures, drawn, config, beside)
        if len(material.items) <= config.restitution.annexe_max:
            words = _whole(write_words(telling, draft), tables, material, facts, figures, title)
            left_out += words.left_out
            made |= _documents(words, figures, drawn, config, beside, "paroles")
        if len(material.workshops) > 1 and not title:
            made |= _one_by_one(tables, config, beside)
        made |= drawn | poster(draft, facts, petals) | write_elements(material)
        why = reasons(plan, material)
        made["methode.html"] = write_method(checked_by_people(tables), why, written.outcomes)
        made["registre.html"] = write_ledger(
            shown_around(tables.ledger, material.unnamed, "source", "detail"),
            shown_around(tables.rejects, material.unnamed, "source", "locator", "detail"),
            tables.changes,
            shown_around(tables.decision_states, material.unnamed, "message"),
        )
        files = {name: one.result() if isinstance(one, Future) else one for name, one in made.items()}
    svgs = {name: figure.svg for name, figure in figures.items()}
    svgs |= {f"{name}_carre": figure.square for name, figure in figures.items()}
    is_titled = any(group.is_titled for group in material.groups.values())
    files["index.html"] = write_door(draft, svgs, _listing(files), facts, is_titled, has_next=not title)
    missing = [field.label for field in draft.header if field.state == "empty"]
    warnings = (f"En-tête à compléter dans atelier.toml : {', '.join(missing)}.",) if missing else ()
    if material.unplaced:
        unplaced = ", ".join(material.unplaced)
        notices += (f"atelier.toml, [textes] : ces paragraphes n’ont pas leur titre : {unplaced}.",)
    if left_out:
        notices += (f"Phrases écartées parce qu'elles ne tenaient pas à leurs sources : {len(left_out)}.",)
    return RestitutionResult(facts, plan, draft, files, warnings + notices, written)


def _one_by_one(tables: RestitutionTables, config: Config, beside: Executor) -> dict[str, Made]:
    """The document of each workshop of several, under `ateliers/<workshop>/`."""
    files: dict[str, Made] = {}
    for workshop in sorted(tables.workshops["workshop"]):
        alone = read_material(tables.of(workshop), least=2)
        plan, facts, figures, petals = planned(alone, config.restitution)
        draft = write_draft(telling_of(alone, plan, facts, config.restitution.espaces), config.restitution)
        draft = _whole(as_drawn(draft, config.restitution.espaces), tables, alone, facts, figures)
        folder = re.sub(r"[^\w.-]+", "-", workshop).strip(".-") or "atelier"
        drawn = _drawn(figures)
        made = _documents(draft, figures, drawn, config, beside) | drawn | poster(draft, facts, petals)
        files |= {f"ateliers/{folder}/{name}": content for name, content in made.items()}
    return files


def _whole(
    draft: Draft,
    tables: RestitutionTables,
    material: Material,
    facts: Facts,
    figures: dict[str, Figure],
    title: str = "",
) -> Draft:
    """The draft with its marks, its title and what its figures say in words, once all of it holds to its sources."""
    draft = marked(draft, tables.contributions, material)
    in_words = {name: figure.in_words for name, figure in figures.items()}
    draft = replace(draft, title=typeset(title) if title else draft.title, figures=in_words)
    check(draft, facts, material)
    return draft


def _drawn(figures: dict[str, Figure]) -> dict[str, bytes]:
    return {name: content for figure in figures.values() for name, content in figure.files().items()}


def _documents(
    draft: Draft,
    figures: dict[str, Figure],
    drawn: dict[str, bytes],
    config: Config,
    beside: Executor,
    name: str = DOCUMENT,
) -> dict[str, Made]:
    """A document in the six formats, two of which are written beside."""
    options = config.restitution
    if not options.reperes and name == DOCUMENT:
        draft = unmarked(draft)
    level = options.niveau_titre
    shown = {block.value.figure for section in draft.sections for block in section.blocks if block.kind == "figure"}
    pngs = {key: drawn[f"{key}_carre.png"] for key in figures if key in shown}  # the most readable on a page of A4
    svgs = {key: figure.svg for key, figure in figures.items() if key in shown}
    models = {"docx": options.modele_docx, "odt": options.modele_odt}
    offices = {
        f"{name}.{kind}": beside.submit(write_office, draft, pngs, kind, level, model) for kind, model in models.items()
    }
    return {
        f"{name}.md": MARKDOWN.write(draft, level),
        f"{name}.txt": PLAIN.write(draft),
        f"{name}.yeswiki": YESWIKI.write(draft, level),
        f"{name}.html": write_page(draft, svgs, level),
        **offices,
    }


LABELS = {
    "affiche.pdf": "L’affiche de l’atelier, une page A3",
    "restitution.odt": "Le document pour LibreOffice",
    "restitution.yeswiki": "La source pour YesWiki",
    "restitution.md": "Le texte en Markdown",
    "restitution.txt": "Le texte seul",
    "paroles.html": "Les paroles : toutes les idées, sous leurs titres",
    "paroles.docx": "Les paroles, pour Word",
    "paroles.odt": "Les paroles, pour LibreOffice",
    "elements.xlsx": "Toutes les idées, dans un tableur",
    "elements.csv": "Toutes les idées : trop nombreuses pour elements.xlsx, les mêmes colonnes en csv",
    "registre.html": "Registre : ce qui a été lu, gardé, laissé de côté",
    "methode.html": "Méthode",
}


def _listing(files: dict[str, bytes]) -> list[dict[str, str]]:
    named = [{"name": name, "label": label} for name, label in LABELS.items() if name in files]
    named += [
        {"name": name, "label": f"Atelier « {name.split('/')[1]} » : {name.rsplit('/', 1)[1]}"}
        for name in sorted(files)
        if name.startswith("ateliers/") and name.endswith(("restitution.docx", "restitution.html"))
    ]
    return named + [
        {"name": name, "label": name}
        for name in sorted(files)
        if name.endswith((".svg", ".png", ".csv")) and name not in LABELS and "/" not in name
    ]
