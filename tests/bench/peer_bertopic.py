"""Side by side on the same texts, in the same run: `rosace synthesize --profile rapide`, and BERTopic as it comes.

    python tests/bench/peer_bertopic.py --size 10000 30000 --out tests/bench

BERTopic's multilingual default is paraphrase-multilingual-MiniLM-L12-v2 (12 layers, width 384, texts up to 128 pieces),
then UMAP, HDBSCAN and c-TF-IDF. Its trained weights are not here: an encoder of the same architecture with random
weights reads every text, for the time alone. UMAP and HDBSCAN then work on real sentence vectors cut to the same width,
since random ones would cluster like nothing real. Rosace's time is that of the whole command, from the file to every
document; the peer's is that of its vectors and topics.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.config import load_config
from pipeline.language.models.encoders import load_encoder
from pipeline.resources import models
from pipeline.workbench.speed import TOTAL, distinct_texts, measured_run, stamp, write_corpus

N_LAYERS, WIDTH, N_HEADS, FEED_FORWARD, PIECES_MAX, BATCH = 12, 384, 12, 1536, 128, 32


def encode_time(texts: list[str]) -> float:
    """Seconds for the architecture of MiniLM-L12 to read the texts, longest first, as sentence-transformers does."""
    import torch
    from tokenizers import Tokenizer

    torch.manual_seed(0)
    torch.set_num_threads(os.cpu_count() or 1)
    tokenizer = Tokenizer.from_file(str(models() / "axes" / "precis" / "tokenizer.json"))
    layer = torch.nn.TransformerEncoderLayer(
        WIDTH, N_HEADS, FEED_FORWARD, activation="gelu", batch_first=True, dropout=0.0
    )
    encoder = torch.nn.TransformerEncoder(layer, N_LAYERS).eval()
    vocabulary = torch.nn.Embedding(tokenizer.get_vocab_size(), WIDTH)
    started = time.perf_counter()
    pieces = [found.ids[:PIECES_MAX] for found in tokenizer.encode_batch(texts)]
    order = sorted(range(len(pieces)), key=lambda row: -len(pieces[row]))
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            batch = [pieces[row] for row in order[start : start + BATCH]]
            width = max(1, *map(len, batch))
            ids = torch.tensor([row + [0] * (width - len(row)) for row in batch])
            absent = torch.tensor([[0] * len(row) + [1] * (width - len(row)) for row in batch], dtype=torch.bool)
            read = encoder(vocabulary(ids), src_key_padding_mask=absent)
            (read * ~absent[..., None]).sum(dim=1) / (~absent).sum(dim=1, keepdim=True)
    return time.perf_counter() - started


def topics_time(texts: list[str]) -> tuple[float, int, float]:
    """Seconds of UMAP, HDBSCAN and c-TF-IDF; how many topics; share of the texts left in none."""
    encoder = load_encoder()
    vectors = np.vstack([encoder.encode(texts[start : start + 512])[:, :WIDTH] for start in range(0, len(texts), 512)])
    from bertopic import BERTopic

    started = time.perf_counter()
    found, _ = BERTopic(language="multilingual", embedding_model=None).fit_transform(texts, vectors)
    seconds = time.perf_counter() - started
    topics = np.asarray(found)
    return seconds, len(set(topics[topics >= 0].tolist())), float((topics < 0).mean())


def side_by_side(size: int, folder: Path) -> dict[str, Any]:
    """Both on `size` contributions, one after the other."""
    seed = load_config().graine
    write_corpus(folder / "corpus", size, seed)
    *stages, total = measured_run(folder / "corpus", folder / "run", "rapide", size)
    texts = list(distinct_texts(size, seed))
    encoding = encode_time(texts)
    topics, n_topics, weak = topics_time(texts)
    return {
        **stamp(),
        "size": size,
        "items": total.n_items,
        "rosace": {cost.stage: cost.seconds for cost in [*stages, total]},
        "peer": {
            "encoder": round(encoding, 1),
            "topics": round(topics, 1),
            TOTAL: round(encoding + topics, 1),
            "encoder_texts_per_s": round(size / encoding, 1),
            "n_topics": n_topics,
            "share_in_no_topic": round(weak, 3),
        },
        "times_faster": round((encoding + topics) / total.seconds, 2),
    }


def as_markdown(found: dict[str, Any]) -> str:
    """The comparison, as a table."""
    peer, rosace = found["peer"], found["rosace"]
    return (
        f"| {found['size']} contributions | seconds |\n|---|---:|\n"
        f"| Rosace, `rapide`, from the file to every document | {rosace[TOTAL]:.0f} |\n"
        f"| BERTopic, multilingual default: encoder | {peer['encoder']:.0f} |\n"
        f"| BERTopic: UMAP, HDBSCAN, c-TF-IDF | {peer['topics']:.0f} |\n"
        f"| Rosace is faster | {found['times_faster']:.1f} times |\n"
    )


def main() -> None:
    """Measure, print the table, write `peer.json` and `peer.md`, where what was measured of other sizes stays."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, nargs="+", default=[10_000, 30_000])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    path = given.out / "peer.json"
    told = {one["size"]: one for one in (json.loads(path.read_text(encoding="utf-8")) if path.is_file() else [])}
    for size in given.size:
        with tempfile.TemporaryDirectory() as folder:
            told[size] = side_by_side(size, Path(folder))
        found = [told[one] for one in sorted(told)]
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        (given.out / "peer.md").write_text("\n".join(map(as_markdown, found)), encoding="utf-8")
        sys.stdout.write(as_markdown(told[size]))


if __name__ == "__main__":
    main()
