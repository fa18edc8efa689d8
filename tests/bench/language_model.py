"""What a language model writes of runs, and what the lock keeps of it: sentences given, kept, refused and why, seconds.

    python tests/bench/language_model.py RUN… --modele http://127.0.0.1:8080/v1
    python tests/bench/language_model.py RUN… --reponses DOSSIER

asks a model that listens, or plays again the answers of a folder: `<key>.question.json` is written there for each
question, and `<key>.reponse.json` beside it, when somebody wrote it, is what is answered. With `--ecrire`, the run's
documents are written again with it. `-v` tells each sentence and what became of it. Real corpora stay out of the
repository, and so do their answers: `language_model.json` holds the counts of those that were measured, by hand.
"""

import argparse
import hashlib
import json
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pipeline.api.runs import settings_of
from pipeline.assistant.asking import Assistant
from pipeline.assistant.server import Server
from pipeline.config import ModelConfig
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.kept import AnswerFiles
from pipeline.restitution.rewriting.page import Outcome
from pipeline.restitution.stage import write_restitution
from pipeline.workshop.tables import RestitutionTables


def replaying(folder: Path) -> str:
    """The address of a server that answers what stands in a folder, and writes there what it was asked."""
    folder.mkdir(parents=True, exist_ok=True)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["messages"]
            data = next(one["content"] for one in asked if one["role"] == "user")
            key = hashlib.sha256(data.encode()).hexdigest()[:10]
            (folder / f"{key}.question.json").write_text(data[data.index("{") : data.rindex("}") + 1], encoding="utf-8")
            answer = folder / f"{key}.reponse.json"
            text = answer.read_text(encoding="utf-8") if answer.is_file() else ""
            self._send({"model": folder.name, "choices": [{"message": {"content": text}, "finish_reason": "stop"}]})

        def do_GET(self) -> None:
            self._send({"object": "list", "data": [{"id": folder.name}]})

        def _send(self, told: Any) -> None:
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/v1"


def measured(path: Path, settings: ModelConfig, is_written: bool) -> tuple[dict[str, Any], tuple[Outcome, ...]]:
    """The counts of a run, and what became of each sentence."""
    run = RunFolder(path)
    config = settings_of(run, None).model_copy(update={"modele": settings})
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as kept:
        assistant = Assistant(settings, Server.of(settings, config.graine), AnswerFiles(Path(kept)))
        result = write_restitution(run.load(RestitutionTables), config, assistant)
    if is_written:
        for name, content in result.files.items():
            if name.startswith(("restitution.", "methode.")):
                (path / name).write_bytes(content)
    reasons = Counter(one.reason or "gardée" for one in result.outcomes)
    told = {
        "questions": assistant.account.n_asked,
        "sans_reponse": sum(assistant.account.failures.values()),
        "secondes": round(time.perf_counter() - begun, 1),
        "phrases": dict(sorted(reasons.items())),
    }
    return told, result.outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--modele", default="")
    parser.add_argument("--reponses", type=Path)
    parser.add_argument("--delai", type=float, default=600.0)
    parser.add_argument("--ecrire", action="store_true")
    parser.add_argument("-v", action="store_true", dest="tells")
    asked = parser.parse_args()
    for path in asked.runs:
        base = settings_of(RunFolder(path), None).modele
        url = asked.modele or replaying(asked.reponses)
        settings = base.model_copy(update={"url": url, "delai_s": asked.delai})
        told, outcomes = measured(path, settings, asked.ecrire)
        if asked.tells:
            for one in outcomes:
                print(f"{one.reason or 'gardée':45} | {one.about[:40]} | {one.theirs}")
        print(json.dumps({path.name: told}, ensure_ascii=False))


if __name__ == "__main__":
    main()
