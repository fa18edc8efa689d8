"""A draft of a few blocks, written by hand, with characters that formats would take for marks of their own."""

from pipeline.contracts.draft import (
    Block,
    Draft,
    FigureText,
    HeaderField,
    NamedNode,
    NamedRef,
    Section,
    Sentence,
    Shown,
    Source,
    TextNode,
    WordsNode,
    WordsRef,
)

WORDS = "le #1 des *freins* « c'est » tout"
QUOTE = WordsNode("quote", WORDS, WordsRef("i1", "c1", (0, len(WORDS)), ((0, len(WORDS)),)))
SENTENCE = Sentence(
    (TextNode("Ce qui freine. ", strong=True), TextNode("On lit "), QUOTE, TextNode(".")), ("i1",), ("T2.4",)
)
ASKED = Sentence(
    (TextNode("À "), NamedNode("given", "Que faire ?", NamedRef("contexte")), TextNode(", on se tait.")), ("a",)
)
BLOCKS = (
    Block("motto", value=Shown("Dire.")),
    Block("heading", level=1, value=Shown("Le pain")),
    Block("paragraph", (SENTENCE, ASKED)),
    Block("list", (SENTENCE,)),
    Block("figure", value=Shown(figure="axes")),
)
ANNEX = (Block("figure", value=Shown(figure="rose")),)
DRAFT = Draft(
    "Atelier du four",
    "fr-FR",
    (HeaderField("Animé par", "", "empty"), HeaderField("Lieu", "La halle", "given")),
    (Section("rose", "La rose", ANNEX, is_annex=True), Section("est", "Est", BLOCKS, "est")),
    (Source("T2.4", "Table 2", "Post-it, murs.csv", "ligne 5"), Source("E3", "Enquête", "enquete.csv", "ligne 4")),
    (),
    {
        "rose": FigureText("La rose", "Quatre secteurs.", ("Axe", "Idées"), (("Est", "3"),), "image"),
        "axes": FigureText("Les axes", "Un tableau.", ("Axe", "Idées"), (("Est", "3"), ("Sud", "12"))),
    },
)
EST = DRAFT.sections[1]
