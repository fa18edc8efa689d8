"""What `rosace.group` gives: a frame of the texts, which also answers as a BERTopic model that was fitted on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.api.given import Texts, as_texts, beside
from pipeline.cluster.table import TableGroups
from pipeline.errors import UsageError
from pipeline.language.text.folding import fold_word
from pipeline.language.text.words import content_surfaces, stem

ALONE = -1
"""The topic of what stands in no group."""
N_IN_NAME = 4
INFO = ("Topic", "Count", "Name", "Representation", "Representative_Docs", "Title", "Theme", "Axis", "Group")
Join = Callable[[Sequence[str], Sequence[str], Sequence[str]], list[tuple[str, float]]]
"""Texts, their axes, their headings → the group that each would join, "" for none, and how near it is."""


@dataclass(frozen=True)
class Topics:
    """The groups of some texts as topics.

    Attributes
    ----------
    told : one row per topic, in order: the columns of `INFO` but Count.
    words : topic → its keywords, each with the share of its texts that say it.
    near : (group, text) → how near the text is to the centre of its group, in [0, 1].
    join : where other texts would go.
    """

    told: pd.DataFrame
    words: dict[int, list[tuple[str, float]]]
    near: dict[tuple[str, str], float]
    join: Join

    @classmethod
    def of(cls, found: TableGroups, texts: Sequence[str], join: Join) -> Topics:
        """Topics are numbered by decreasing size."""
        rows = found.rows.assign(text=list(texts))
        groups = found.groups.sort_values(["n_items", "group_id"], ascending=[False, True])
        themes = rows.groupby("group")["theme"].first()
        members = {group: part.tolist() for group, part in rows.groupby("group")["text"]}
        words = {ALONE: list[tuple[str, float]]()}
        told: list[tuple[object, ...]] = [(ALONE, str(ALONE), [], [], pd.NA, pd.NA, pd.NA, pd.NA)]
        for topic, row in enumerate(groups.to_dict("records")):
            group, keywords = str(row["group_id"]), list(row["keywords"])
            words[topic] = _weighed(keywords, members[group])
            name = "_".join([str(topic), *keywords[:N_IN_NAME]])
            axis = row["axis"] or pd.NA
            told.append((topic, name, keywords, row["exemplars"], row["title"], themes[group], axis, group))
        near = dict(zip(zip(rows["group"], rows["text"], strict=True), rows["strength"], strict=True))
        return cls(pd.DataFrame(told, columns=[name for name in INFO if name != "Count"]), words, near, join)


def _weighed(keywords: Sequence[str], texts: Sequence[str]) -> list[tuple[str, float]]:
    """Words with the share of the texts that say them, whatever their form; the most shared first."""
    said = Counter(key for text in texts for key in {stem(fold_word(word)) for word in content_surfaces(text)})
    shares = [(word, round(said[stem(fold_word(word))] / len(texts), 4)) for word in keywords]
    return sorted(shares, key=lambda pair: -pair[1])


class Groups(pd.DataFrame):
    """One row per text (see `group`), and the groups as topics, under BERTopic's names.

    Topics are numbered by decreasing size; −1 is what stands in no group. A part of this frame (`loc`, a filter) tells
    of its own rows; what is made out of several frames (a merge) tells nothing.
    """

    _metadata: ClassVar[list[str]] = ["_topics"]
    _topics: Topics | None = None

    @property
    def _constructor(self) -> type[Groups]:
        return Groups

    def _known(self) -> Topics:
        if self._topics is None or not {"group", "text"} <= set(self.columns):
            raise UsageError(
                "Ce tableau n'est plus celui que rosace.group a donné : gardez-le, et demandez-lui ses sujets."
            )
        return self._topics

    @property
    def topics_(self) -> list[int]:
        """The topic of each text, in order."""
        self._known()
        return self._numbers(self["group"].fillna(""))

    @property
    def probabilities_(self) -> npt.NDArray[np.float64]:
        """How near each text is to the centre of its group, in [0, 1]; 0 where there is none. Shape (n,)."""
        near = self._known().near
        return np.array([near.get(key, 0.0) for key in zip(self["group"].fillna(""), self["text"], strict=True)])

    def get_topic_info(self, topic: int | None = None) -> pd.DataFrame:
        """One row per topic of these texts, −1 first: Topic, Count, Name, Representation (its keywords) and
        Representative_Docs as in BERTopic; Title, Theme, Axis and Group are ours."""
        counts = Counter(self.topics_)
        told = self._known().told
        shown = told[told["Topic"].isin(counts) & (told["Topic"].eq(topic) if topic is not None else True)]
        return shown.assign(Count=shown["Topic"].map(counts))[list(INFO)].reset_index(drop=True)

    def get_topic_freq(self) -> pd.DataFrame:
        """Topic and Count, the most numerous first."""
        return pd.DataFrame(Counter(self.topics_).most_common(), columns=["Topic", "Count"])

    def get_topics(self) -> dict[int, list[tuple[str, float]]]:
        """Topic → its keywords, each with the share of its texts that say it."""
        return dict(self._known().words)

    def get_topic(self, topic: int) -> list[tuple[str, float]] | Literal[False]:
        """The keywords of a topic, each with the share of its texts that say it; False for no topic, as in BERTopic."""
        return self._known().words.get(topic, False)

    def get_representative_docs(self, topic: int | None = None) -> dict[int, list[str]] | list[str]:
        """Central texts of each topic, or of one."""
        told = self._known().told
        found: dict[int, list[str]] = dict(zip(told["Topic"].tolist(), told["Representative_Docs"], strict=True))
        return found if topic is None else found.get(topic, [])

    def get_document_info(self, docs: Texts | None = None) -> pd.DataFrame:
        """One row per text, with its index: Document, Topic, Name, Representation, Representative_Docs, Top_n_words,
        Probability and Representative_document as in BERTopic; Title, Theme, Stance and Group are ours.

        Parameters
        ----------
        docs : the same texts, which BERTopic asks for; they are known here.

        Raises
        ------
        UsageError : other texts.
        """
        if docs is not None and as_texts(docs, "docs").tolist() != self["text"].tolist():
            raise UsageError("docs : ce ne sont pas les textes qui ont été regroupés. Pour d'autres : transform.")
        told = self._known().told.set_index("Topic").loc[self.topics_].reset_index()
        central = [text in docs for text, docs in zip(self["text"], told["Representative_Docs"], strict=True)]
        return pd.DataFrame(
            {
                "Document": self["text"].to_numpy(),
                **{name: told[name] for name in ("Topic", "Name", "Representation", "Representative_Docs")},
                "Top_n_words": told["Representation"].map(" - ".join),
                "Probability": self.probabilities_,
                "Representative_document": central,
                "Title": told["Title"],
                "Theme": told["Theme"],
                "Stance": self["stance"].to_numpy(),
                "Group": told["Group"],
            }
        ).set_axis(self.index)

    def transform(  # type: ignore[override]  # pandas' own takes a function, and still does
        self, documents: Texts, axis: str | Texts | None = None, contexts: str | Texts | None = None
    ) -> tuple[list[int], npt.NDArray[np.float64]]:
        """The topic that each of other texts would join, and how near it is, as in BERTopic; no topic changes.

        A text joins less easily than those that were there: −1 and 0 where nothing is near enough. A function, or the
        name of one, is for the method of pandas.

        Parameters
        ----------
        documents : iterable of str, shape (n,)
        axis, contexts : as they were given to `group`.

        Raises
        ------
        UsageError : as in `group`.
        """
        if callable(documents) or isinstance(documents, str | dict):
            return super().transform(documents, axis or 0)  # type: ignore[return-value, arg-type]
        given = as_texts(documents, "documents")
        axes = [code.strip().lower() for code in beside(axis, given, "axis", documents)]
        topics = self._known()
        found = topics.join(given.tolist(), axes, beside(contexts, given, "contexts", documents))
        return self._numbers([group for group, _ in found]), np.array([near for _, near in found], dtype=float)

    def _numbers(self, groups: Iterable[str]) -> list[int]:
        told = self._known().told
        number = dict(zip(told["Group"].iloc[1:], told["Topic"].iloc[1:].tolist(), strict=True))
        return [number.get(group, ALONE) for group in groups]
