"""What the lock takes of a language model's answers on a run, by task and cause, and the draft with it and without.

    python tests/bench/modele.py RUN URL NAME [--titles 25] [--tokens 120] [--tasks titre,phrase]

The answers are kept in the run, so that a measure that was stopped goes on. Results go to `modele.json` beside this
file, by the name of the model, and `modele.md` is written again from them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.assistant.lock import NEAR_MIN
from pipeline.config import TasksConfig, load_config
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.language.models.encoders import load_encoder
from pipeline.restitution.rewriting import Outcome
from pipeline.review import titling
from pipeline.run.jobs import Job, Progress
from pipeline.workbench.drafts import Told, both_ways, evaluate_drafts

HERE = Path(__file__).parent
RESULTS = HERE / "modele.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("url")
    parser.add_argument("name")
    parser.add_argument("--titles", type=int, default=25)
    parser.add_argument("--tokens", type=int, default=120)
    parser.add_argument("--tasks", default="titre,phrase")
    asked = parser.parse_args()
    titling.GROUPS_MAX = asked.titles
    base = load_config()
    tasks = TasksConfig(**{name: name in asked.tasks.split(",") for name in TasksConfig.model_fields})
    model = base.modele.model_copy(
        update={"url": asked.url, "taches": tasks, "delai_s": 300.0, "jetons_max": asked.tokens, "simultanees": 1}
    )
    config = base.model_copy(update={"modele": model})
    run = RunFolder.open(asked.run)
    found = both_ways(Job(asked.run, run, config, LocalExecutor(), Talking()))
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    known[asked.name] = {
        "cost": list(found.cost),
        "answers": counted(found.with_model.outcomes),
        "without": measured(found.without),
        "with": measured(found.with_model),
    }
    known["near"] = nearness(run, config.cluster.titres.longueur_max)
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    RESULTS.with_suffix(".md").write_text(as_markdown(known), encoding="utf-8")
    print(json.dumps(known[asked.name], ensure_ascii=False, indent=1))
    print(json.dumps([asdict(one) for one in found.with_model.outcomes], ensure_ascii=False, indent=1))


class Talking(Progress):
    """Tells how far it is."""

    def tell(self, text: str) -> None:
        """See `pipeline.run.jobs.Progress`."""
        print(text, flush=True)


def counted(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    """By task: how many answers, how many were taken, and why the others were not."""
    found: dict[str, Any] = {}
    for one in outcomes:
        task = found.setdefault(one.task, {"n": 0, "taken": 0, "refused": Counter()})
        task["n"] += 1
        task["taken"] += not one.reason
        if one.reason:
            task["refused"][one.reason] += 1
    return found


def measured(told: Told) -> dict[str, float]:
    """The measures of a draft, by name."""
    base = load_config()
    found = evaluate_drafts(
        told.draft, told.facts, told.plan, told.tables, base.evaluation["drafts"], base.restitution.espaces
    )
    return {one.name: round(one.share, 4) for one in found.measures} | {"phrases": found.n_sentences}


def nearness(run: RunFolder, longest: int) -> dict[str, float]:
    """Cosines of titles with the mean of what their group says, and with that of the other groups of their axis."""
    encoder = load_encoder()
    groups, memberships = run.load_table("reviewed_groups"), run.load_table("reviewed_memberships")
    said = memberships.dropna(subset=["group_id"]).merge(run.load_table("items"), on="item_id")
    centres = {}
    for group_id, rows in said.groupby("group_id"):
        if rows["contribution_id"].nunique() > 1:
            centre = encoder.encode(rows["text"].tolist()).mean(axis=0)
            centres[str(group_id)] = centre / np.linalg.norm(centre)
    kept = groups[groups["group_id"].isin(list(centres)) & (groups["title"].str.len() <= longest)]
    titles = encoder.encode(kept["title"].tolist())
    cosines = titles @ np.stack([centres[str(key)] for key in kept["group_id"]]).T
    axes = np.array(kept["axis"].tolist())
    others = cosines[(axes[:, None] == axes[None, :]) & ~np.eye(len(axes), dtype=bool)]
    own = np.diag(cosines)
    return {
        "n": len(own),
        "bound": NEAR_MIN,
        "own_kept": round(float((own >= NEAR_MIN).mean()), 4),
        "others_refused": round(float((others < NEAR_MIN).mean()), 4),
    }


def as_markdown(known: dict[str, Any]) -> str:
    """What the results say, for people."""
    near = known["near"]
    lines = [HEAD]
    for name, found in sorted(known.items()):
        if name == "near":
            continue
        lines += [f"## {name}", "", "| tâche | réponses | retenues | refusées, par cause |", "|---|---:|---:|---|"]
        for task, told in sorted(found["answers"].items()):
            ranked = sorted(told["refused"].items(), key=lambda pair: (-pair[1], pair[0]))
            causes = " ; ".join(f"{reason} ({n})" for reason, n in ranked)
            lines.append(f"| `{task}` | {told['n']} | {told['taken']} | {causes} |")
        same = {key for key, value in found["with"].items() if found["without"][key] == value}
        changed = ", ".join(sorted(found["with"].keys() - same)) or "aucune"
        lines += [
            "",
            f"Mesures de `rosace evaluate drafts` : {len(same)} égales avec et sans ; changées : {changed}.",
            "",
        ]
    lines += [
        "## La proximité",
        "",
        f"Une phrase est refusée quand le cosinus avec la moyenne de ses paroles est sous {_number(near['bound'])}. "
        f"Sur les {near['n']} groupes de deux contributions ou plus de la démonstration, "
        f"{100 * near['own_kept']:.0f} % des titres passent avec leur groupe, et "
        f"{100 * near['others_refused']:.0f} % sont refusés avec un autre groupe du même axe.",
        "",
    ]
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


HEAD = """# Un modèle de langue et le verrou

Écrit par `tests/bench/modele.py`, sur la démonstration.

**Aucun modèle capable n'était à portée.** Il n'y a donc ni mesure de ce qu'un bon modèle apporterait, ni
enregistrement de ses réponses : rien n'est fabriqué. Ce qui est mesuré ici est l'autre moitié de la promesse : un
modèle qui écrit mal ne fait pas de mal. Celui-ci est servi par llama.cpp (paquet `xllamacpp`) ; bien trop petit pour
la tâche, il recopie surtout les exemples des consignes ou une parole. Les titres sont ceux des plus grands groupes.
"""


if __name__ == "__main__":
    main()
