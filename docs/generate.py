"""Fill the generated blocks of the documentation and of the README: help of commands, functions, tables and
configuration from the code, measures from the files of `tests/bench`.

    python docs/generate.py

A block stands between `<!-- generated: NAME -->` and `<!-- end -->`; a test compares it with what is made here.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import rosace
from pipeline.api.runs import Synthesis
from pipeline.axes import compass
from pipeline.cli import app
from pipeline.contracts.tables import TABLES, Column
from pipeline.extras import EXTRAS, command
from pipeline.resources import configs
from pipeline.workbench.speed import LARGE, TOTAL, growth_exponent, read_report

HERE = Path(__file__).parent
ROOT = HERE.parent
BENCH = ROOT / "tests" / "bench"
PAGES = sorted([*(HERE / "pages").rglob("*.md"), ROOT / "README.md"])
BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
FUNCTIONS = (
    rosace.read,
    rosace.place,
    rosace.group,
    rosace.cut,
    rosace.synthesize,
    rosace.draft,
    rosace.themes,
    rosace.export,
    rosace.compare,
)
WIDTH = 90


def commands() -> str:
    """The help of every command."""
    told = []
    for name, documented in app.commands.items():
        context = documented.make_context(f"rosace {name}", [], resilient_parsing=True, terminal_width=WIDTH)
        told.append(f"## rosace {name}\n\n```text\n{documented.get_help(context)}\n```\n")
    return "\n".join(told)


def functions() -> str:
    """The public functions and their docstrings."""
    return "\n".join(_entry(function, f"rosace.{function.__name__}") for function in FUNCTIONS)


def synthesis() -> str:
    """The result of a run."""
    members = (Synthesis.page, Synthesis.table_names, Synthesis.table)
    told = [textwrap.dedent(inspect.getdoc(Synthesis) or "")]
    for member in members:
        function = member.fget if isinstance(member, property) else member
        sign = (
            ""
            if isinstance(member, property)
            else str(inspect.signature(function)).replace("(self, ", "(").replace("'", "")
        )
        told.append(f"{function.__name__}{sign}\n{textwrap.indent(inspect.getdoc(function) or '', '    ')}")
    return "```text\n" + "\n\n".join(told) + "\n```\n"


def _entry(function: Any, name: str) -> str:
    parameters = inspect.signature(function).parameters.values()
    lines = [f"    {str(parameter).replace(chr(39), '')}," for parameter in parameters]  # annotations are strings
    kinds = [parameter.kind for parameter in parameters]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        lines.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "    *,")
    signature = "\n".join([f"{name}(", *lines, f") -> {inspect.signature(function).return_annotation}"])
    return f"## {name}\n\n```text\n{signature}\n```\n\n```text\n{inspect.getdoc(function)}\n```\n"


def tables() -> str:
    """The tables of a run, column by column."""
    meanings = tomllib.loads((HERE / "columns.toml").read_text(encoding="utf-8"))
    told = []
    for name, schema in TABLES.items():
        told += [f"## {name}", "", meanings["tables"][name], "", f"Key: {', '.join(f'`{k}`' for k in schema.key)}.", ""]
        told += ["| column | type | meaning |", "|---|---|---|"]
        for column in schema.columns:
            meaning = meanings.get(name, {}).get(column.name) or meanings["columns"].get(column.name)
            if meaning is None:
                raise ValueError(f"docs/columns.toml must say what the column {name}.{column.name} is")
            told.append(f"| `{column.name}` | {_kind(column)} | {meaning} |")
        told += ["", *(f"Checked: {holds.__doc__}" for holds in schema.rules), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(told))


def _kind(column: Column) -> str:
    kind = column.kind
    if column.minimum is not None and column.maximum is not None:
        kind += f" in [{column.minimum:g}, {column.maximum:g}]"
    if column.domain:
        kind = " ".join(f"`{code}`" for code in column.domain)
    return f"{kind}, may be missing" if column.nullable else kind


def defaults() -> str:
    """The default configuration."""
    return f"```toml\n{(configs() / 'default.toml').read_text(encoding='utf-8')}```\n"


def axes() -> str:
    """The compass."""
    rows = [f"| **{a.name}** | `{a.code}` | {a.motto} | {_codes(a.facets)} |" for a in compass().values()]
    return "\n".join(["| axe | code | ce qu'on y range | facettes |", "|---|---|---|---|", *rows]) + "\n"


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def rooms() -> str:
    """The packages and what they are for."""
    told = ["| room | for |", "|---|---|"]
    for path in sorted(ROOT.glob("pipeline/**/__init__.py")):
        name = path.parent.relative_to(ROOT / "pipeline").as_posix()
        purpose = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n\n")[0]
        told += [f"| `{name}/` | {purpose.replace(chr(10), ' ')} |"] if name != "." else []
    return "\n".join(told) + "\n"


def weights() -> str:
    """What weighs in an installation, from the file that `tests/bench/installed.py` writes."""
    found = _results("installed")["ways"]["uv"]
    told = [f"Une installation pèse {found['bytes'] / 1e6:.0f} Mo, dont :", "", "| paquet | Mo |", "|---|---:|"]
    told += [f"| `{name}` | {size / 1e6:.0f} |" for name, size in found["packages"].items()]
    return "\n".join(told) + "\n"


def stages() -> str:
    """Where the time of a run goes, from the file that `rosace bench` writes."""
    found = _results("mesures")["costs"]
    runs = sorted({(one["profile"], one["n"], one["n_items"]) for one in found})
    seconds = {(one["profile"], one["n"], one["stage"]): one["seconds"] for one in found}
    told = ["| seconds | " + " | ".join(f"{profile}, {n_items:,} ideas" for profile, _, n_items in runs) + " |"]
    told.append("|---|" + "---:|" * len(runs))
    for stage in dict.fromkeys(one["stage"] for one in found):
        cells = (seconds.get((profile, n, stage)) for profile, n, _ in runs)
        told.append(f"| {stage} | " + " | ".join("–" if one is None else f"{one:.1f}" for one in cells) + " |")
    return "\n".join(told) + "\n"


def measures() -> str:
    """How long a run takes, for the README."""
    costs = read_report(BENCH / "mesures.json")
    machine = _results("mesures")["machine"]
    told = [f"Measured on {machine['cores']} cores ({machine['architecture']}), whole command, every document written:"]
    told += ["", "| profile | contributions | ideas | time | of processor | memory | measured |"]
    told.append("|---|---:|---:|---:|---:|---:|---|")
    for cost in (one for one in costs if one.stage == TOTAL):
        memory = "–" if cost.peak_mib is None else f"{cost.peak_mib / 1024:.1f} GiB"
        times = f"{_clock(cost.seconds)} | {_clock(cost.cpu_seconds)}"
        told.append(f"| {cost.profile} | {cost.n:,} | {cost.n_items:,} | {times} | {memory} | {cost.date} |")
    told.append("")
    for profile in sorted({cost.profile for cost in costs}):
        exponent = growth_exponent(costs, profile)
        if exponent is not None:
            told.append(f"From {LARGE:,} contributions on, the time of `{profile}` grows as n to the {exponent:.2f}.")
    told += [_beside(one) for one in _results("peer")] or [_MISSING.format("peer_bertopic")]
    return "\n".join(told).strip() + "\n"


_MISSING = "Not measured on this version yet: `python tests/bench/{}.py`."


def _results(name: str) -> Any:
    """What a script of `tests/bench` wrote; nothing before it ran."""
    path = BENCH / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def _clock(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.1f} min"


def _beside(peer: dict[str, Any]) -> str:
    theirs, ours = peer["peer"], peer["rosace"]
    return (
        f"On the same {peer['size']:,} texts in the same run, BERTopic with the architecture of its multilingual "
        f"encoder (random weights: time alone) takes {_clock(theirs[TOTAL])}, and leaves "
        f"{theirs['share_in_no_topic']:.0%} of the texts in no topic; `rapide` takes {_clock(ours[TOTAL])}, "
        f"{peer['times_faster']:.1f} times less (`tests/bench/peer_bertopic.py`, {peer['date']})."
    )


def installed() -> str:
    """How long each way to install the wheel takes, and what it weighs."""
    found = _results("installed")
    wheel = found["wheel"]
    lines = ["| in an empty environment | installed in | of processor | on the disk | first workshop, of processor |"]
    lines.append("|---|---:|---:|---:|---:|")
    for way, line in (("pip", "pip install"), ("pipx", "pipx install"), ("uv", "uv tool install")):
        one = found["ways"][way]
        times = f"{_clock(one['seconds'])} | {_clock(one['cpu_seconds'])}"
        then = f"{one['bytes'] / 1e6:,.0f} MB | {_clock(one['demo_cpu_seconds'])}"
        lines.append(f"| `{line} {wheel['name']}` | {times} | {then} |")
    told = f"The wheel weighs {wheel['bytes'] / 1e6:.0f} MB, models and demonstration inside."
    return "\n".join([told, "", *lines]) + "\n"


def targets() -> str:
    """What people wait for, beside what is aimed at, from the file that `tests/bench/targets.py` writes."""
    found = _results("targets")
    if not found:
        return _MISSING.format("targets") + "\n"
    told = ["| | median, s | each, s | aim, s | memory | measured |", "|---|---:|---|---:|---:|---|"]
    for one in found:
        each = " ".join(f"{seconds:.2f}" for seconds in one["each"])
        memory = f"{one['peak_mib'] / 1024:.1f} GiB" if "peak_mib" in one else "–"
        told.append(f"| {one['what']} | {one['seconds']:.2f} | {each} | {one['aim']:.2f} | {memory} | {one['date']} |")
    told += [
        f"\nPlacing {one['ideas']:,} ideas under {one['titles']} titles takes {_clock(one['place'])} of it."
        for one in found
        if "titles" in one
    ]
    return "\n".join(told) + "\n"


def extras() -> str:
    """What each extra brings."""
    told = [f"| `{command(name)}` | {use} |" for name, (use, _) in EXTRAS.items()]
    return "\n".join(["| supplément | pour |", "|---|---|", *told]) + "\n"


def acts() -> str:
    """What sorting a wall from typed titles takes, from the file that `tests/bench/placing_acts.py` writes."""
    found = _results("placing_acts")
    kinds = {"premier": "rangée sous son premier titre", "ailleurs": "rangée ailleurs", "non": "écartée",
             "suivant": "au titre suivant", "voir": "propositions demandées"}  # fmt: skip
    told = [
        f"| ordre des cartes ({len(found['walls'])} murs) | actes pour 150 idées | dont {' / '.join(kinds.values())} | "
        "cartes regardées |",
        "|---|---:|---:|---:|",
    ]
    for name, row in found["orders"].items():
        by_kind = " / ".join(_number(row["by_kind"][kind]) for kind in kinds)
        told.append(f"| {name} | {_number(row['acts_for_150'])} | {by_kind} | {_number(row['looked_at'])} |")
    times = found["milliseconds"]
    told.append("")
    told.append(f"Ranger à nouveau {_number(times['ideas'])} idées sous {times['titles']} titres prend")
    told.append(f"{times['an act']} ms après un acte, {times['a title typed']} ms après un titre tapé.")
    return "\n".join(told) + "\n"


def room() -> str:
    """What the room bore, from the file that `tests/bench/salle.py` writes."""
    found = _results("salle")
    told = [
        f"**Mesuré** (`tests/bench/salle.py`) : {found['tables']} tables tapent {found['ideas']} paroles en",
        f"{found['seconds']:.0f} secondes, pendant que {found['facilitators']} personnes trient ; profil",
        f"`{found['profile']}`. Le serveur a pris {found['processor_s']:.0f} secondes de processeur ; charge",
        f"de la machine (deux cœurs) : {' puis '.join(map(_number, found['load_of_the_machine']))},",
        "d'autres travaux compris.",
        "",
        "| | médiane | 95 sur 100 en moins de | le plus long |",
        "|---|---:|---:|---:|",
    ]
    names = {
        "act_ms": ("un acte, ms", 0),
        "placed_s": ("de reçue à rangée, s", 2),
        "gone_s": (f"ôtée du mur, sur {found['walls']} écrans, s", 2),
    }
    for key, (name, digits) in names.items():
        cells = (_number(found[key][column], digits) for column in ("median", "p95", "max"))
        told.append(f"| {name} | {' | '.join(cells)} |")
    told += ["", f"Arrêtée net {found['kills']} fois, elle avait accusé {found['acknowledged']} paroles :"]
    told += [f"{found['lost']} perdue, {found['twice']} en double."]
    return "\n".join(told) + "\n"


_WALLS = {True: "avec rubriques", False: "sans"}


def _number(value: float, digits: int = 3) -> str:
    told = f"{value:.{digits}f}" if digits < 3 else f"{value:g}"
    return told.replace(".", ",")


BLOCKS = {
    "weights": weights,
    "extras": extras,
    "stages": stages,
    "measures": measures,
    "installed": installed,
    "targets": targets,
    "acts": acts,
    "room": room,
    "rooms": rooms,
    "commands": commands,
    "functions": functions,
    "synthesis": synthesis,
    "tables": tables,
    "defaults": defaults,
    "axes": axes,
}


def filled(page: str) -> str:
    """A page with its generated blocks made again."""
    return BLOCK.sub(lambda found: f"{found[1]}\n{BLOCKS[found[2]]()}\n{found[3]}", page)


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
