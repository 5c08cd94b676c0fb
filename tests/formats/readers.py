"""Reads what whosaid writes by the foreign tools' own readers, and says whether spans and links are the ones that were written.

Given: the whosaid program. Prints a table, one row a format and its reader; the exit status is 1 where a
reader gives back anything else.
"""

import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ARTICLE = (
    "📈 “Taxes will rise,” said Anna Berg, finance minister. “So be it.”\n\n"
    "According to The Times, officials said the bridge, which is old, was late.\n"
    "The mayor denied that she knew.\n"
)


def convert(program, to, *more):
    done = subprocess.run(
        [program, "convert", "--from", "text", "--to", to, *more], input=ARTICLE, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stdout


def layer(program):
    """The marks (label, words) and links (label, words, words), by whosaid's doccano file: plain code points, which need no reader."""
    line = json.loads(convert(program, "doccano"))
    words = {one["id"]: (one["label"], line["text"][one["start_offset"] : one["end_offset"]]) for one in line["entities"]}
    links = sorted((one["type"], words[one["from_id"]][1], words[one["to_id"]][1]) for one in line["relations"])
    return sorted(words.values()), links


def uima(program, marks, links):
    import cassis

    cas = cassis.load_cas_from_json(io.BytesIO(convert(program, "uima").encode()))
    found = sorted((one.Label, one.get_covered_text()) for one in cas.select("whosaid.Mark"))
    joined = sorted(
        (one.Label, one.Governor.get_covered_text(), one.Dependent.get_covered_text()) for one in cas.select("whosaid.Link")
    )
    assert found == marks, (found, marks)
    assert joined == links, (joined, links)
    return f"{len(found)} spans, {len(joined)} links"


def iob2(program, marks, _):
    from seqeval.metrics.sequence_labeling import get_entities
    from seqeval.scheme import IOB2, Entities

    rows = [[line.split("\t") for line in part.split("\n")] for part in convert(program, "iob2").strip().split("\n\n")]
    counted = 0
    for column, label in [(3, "Source"), (4, "Cue")]:
        tags = [[row[column] for row in sentence] for sentence in rows]
        strict = Entities(tags, IOB2).entities
        found = sorted(
            "".join(row[0] for row in sentence[start : end + 1])
            for sentence, tag in zip(rows, tags)
            for _, start, end in get_entities(tag)
        )
        expected = sorted(words.replace(" ", "") for name, words in marks if name == label)
        assert sum(map(len, strict)) == len(expected), (strict, expected)
        assert found == expected, (found, expected)
        counted += len(found)
    return f"{counted} spans"


def table(program, marks, _):
    import pandas

    done = subprocess.run(
        [program, "annotate", "--format", "csv"], input=ARTICLE, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    frame = pandas.read_csv(io.StringIO(done.stdout))
    cut = [ARTICLE[start:end] for start, end in zip(frame.start, frame.end)]
    for content, words in zip(frame.content, cut):
        assert words.startswith(content.split(" … ")[0]) and words.endswith(content.split(" … ")[-1]), (content, words)
    parts = sum(len(content.split(" … ")) for content in frame.content)
    assert parts == sum(1 for label, _ in marks if label == "Claim"), (parts, marks)
    return f"{len(frame)} rows"


def json_ld(program, _, __):
    from rdflib import Graph

    page = json.loads(convert(program, "schema-org"))
    # The context is on the network; this is what it says of these names.
    page["@context"] = {"@vocab": "https://schema.org/"}
    graph = Graph().parse(data=json.dumps(page), format="json-ld", publicID="file:///article")
    rows = graph.query(
        "PREFIX s: <https://schema.org/> SELECT ?said ?name WHERE { ?claim s:text ?said ; s:creator/s:name ?name }"
    )
    found = {(str(row.said), str(row.name)) for row in rows}
    assert ("“Taxes will rise,” … “So be it.”", "Anna Berg") in found or ("“Taxes will rise,”", "Anna Berg") in found, found
    return f"{len(found)} claims with who makes them"


def web_annotation(program, marks, links):
    from rdflib import Graph

    page = json.loads(convert(program, "w3c"))
    oa = "http://www.w3.org/ns/oa#"
    names = {"exact": oa + "exact", "start": oa + "start", "end": oa + "end", "selector": {"@id": oa + "hasSelector"}}
    names |= {"target": {"@id": oa + "hasTarget", "@type": "@id"}, "items": {"@id": "urn:items"}, "id": "@id", "type": "@type"}
    page["@context"] = names | {"@vocab": "urn:other:"}
    page["@context"] |= {"body": oa + "hasBody", "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"}
    graph = Graph().parse(data=json.dumps(page), format="json-ld", publicID="file:///article")
    rows = graph.query(
        "PREFIX oa: <%s> SELECT ?exact ?start ?end WHERE { ?target oa:hasSelector [ oa:exact ?exact ], [ oa:start ?start ; oa:end ?end ] }" % oa
    )
    found = sorted((ARTICLE[int(row.start) : int(row.end)], str(row.exact)) for row in rows)
    assert all(words == exact for words, exact in found), found
    assert sorted(exact for _, exact in found) == sorted(words for _, words in marks)
    parts = graph.query(
        "PREFIX oa: <%s> SELECT ?mark ?exact ?start WHERE { ?mark oa:hasTarget ?target . "
        "?target oa:hasSelector [ oa:exact ?exact ], [ oa:start ?start ] }" % oa
    )
    first = {}
    for row in sorted(parts, key=lambda row: -int(row.start)):
        first[row.mark] = str(row.exact)
    pairs = graph.query(
        "PREFIX oa: <%s> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT DISTINCT ?link ?label ?mark WHERE "
        "{ ?link oa:hasBody [ rdf:value ?label ] ; oa:hasTarget ?mark . ?mark oa:hasTarget [] }" % oa
    )
    ends = {}
    for row in pairs:
        ends.setdefault((row.link, str(row.label)), []).append(first[row.mark])
    # A graph knows no first target: which of both is the claim, the label says.
    joined = sorted((label, *sorted(words)) for (_, label), words in ends.items())
    expected = sorted((label, *sorted(words)) for label, *words in links if label != "NextPart")
    assert joined == expected, (joined, expected)
    return f"{len(found)} spans, {len(joined)} links"


def tei(program, marks, links):
    import importlib.resources

    from lxml import etree

    schema = etree.RelaxNG(etree.parse(str(importlib.resources.files("schemas") / "tei_all.rng")))
    file = convert(program, "tei")
    root = etree.fromstring(file.encode())
    assert schema.validate(root), schema.error_log
    assert not schema.validate(etree.fromstring(file.replace('direct="true"', 'direct="perhaps"').encode())), "it would say so of a file that is none"
    name = "{http://www.tei-c.org/ns/1.0}"
    lines = ["".join(paragraph.itertext()) for paragraph in root.iter(name + "p") if paragraph.getparent().tag == name + "body"]
    assert lines == [line for line in ARTICLE.splitlines() if line], lines
    said = sorted(("Claim", "".join(one.itertext())) for one in root.iter(name + "said"))
    assert said == [mark for mark in marks if mark[0] == "Claim"], said
    xml = "{http://www.w3.org/XML/1998/namespace}id"
    people = {one.get(xml): one[0].text for kind in ("person", "org") for one in root.iter(name + kind)}
    whose = [one for one in root.iter(name + "said") if one.get("who") and not one.get("prev")]
    assert all(one.get("who").removeprefix("#") in people for one in whose)
    assert len(whose) == sum(label == "AttributedTo" for label, *_ in links)
    return f"{len(said)} claims, {len(whose)} with who makes them"


def brat(program, marks, links):
    from bratsubset.annotation import TextAnnotations

    with tempfile.TemporaryDirectory() as folder:
        convert(program, "brat", "--output", str(Path(folder, "article.ann")))
        assert Path(folder, "article.txt").read_text(encoding="utf-8") == ARTICLE
        read = TextAnnotations(str(Path(folder, "article")))
    assert read.failed_lines == [], read.failed_lines
    spans = {one.id: one for one in read.get_textbounds()}
    found = sorted((one.type, ARTICLE[start:end]) for one in spans.values() for start, end in one.spans)
    assert found == marks, (found, marks)
    # A claim in parts is one mark there, with the words of all of them.
    first = {mark: ARTICLE[slice(*one.spans[0])] for mark, one in spans.items()}
    joined = sorted((one.type, first[one.arg1], first[one.arg2]) for one in read.get_relations())
    expected = [link for link in links if link[0] != "NextPart"]
    assert joined == expected, (joined, expected)
    return f"{len(found)} spans, {len(joined)} links"


def label_studio(program, marks, links):
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    source = Path(__file__).parents[2] / "src" / "export" / "foreign" / "label_studio.rs"
    config = re.search(r'LABELS: &str = r#"(.*?)"#', source.read_text(encoding="utf-8"), re.DOTALL)[1]
    tasks = json.loads(convert(program, "label-studio"))
    (prediction,) = tasks[0]["predictions"]
    interface = LabelInterface(config)
    interface.validate()
    assert interface.validate_prediction(prediction), "the labelling configuration takes the prediction"
    spoilt = json.loads(json.dumps(prediction).replace('"Claim"', '"Clam"'))
    assert not interface.validate_prediction(spoilt), "it would say so of an unknown label"
    with tempfile.TemporaryDirectory() as folder:
        # The converter reads what people annotated.
        task = {"id": 1, "data": tasks[0]["data"], "annotations": [{"id": 1, "completed_by": 1, "result": prediction["result"]}]}
        path = Path(folder, "tasks.json")
        path.write_text(json.dumps([task]), encoding="utf-8")
        Converter(config, folder, download_resources=False).convert_to_json_min(str(path), folder, is_dir=False)
        (read,) = json.loads(Path(folder, "result.json").read_text(encoding="utf-8"))
    found = sorted((one["labels"][0], ARTICLE[one["start"] : one["end"]]) for one in read["label"])
    assert found == marks, (found, marks)
    ids = {one["id"]: one["value"]["text"] for one in prediction["result"] if one["type"] == "labels"}
    relations = [one for one in prediction["result"] if one["type"] == "relation"]
    joined = sorted((one["labels"][0], ids[one["from_id"]], ids[one["to_id"]]) for one in relations)
    assert joined == links, (joined, links)
    return f"{len(found)} spans, {len(joined)} links"


def doccano(program, marks, links):
    import uuid
    from unittest.mock import MagicMock

    # Its server's tables, in which it saves what it has read: none is needed to read.
    for name in ("examples", "label_types", "labels", "projects"):
        sys.modules[name] = sys.modules[name + ".models"] = MagicMock()
    from backend.data_import.pipeline.label import RelationLabel, SpanLabel
    from backend.data_import.pipeline.parsers import JSONLParser

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.jsonl")
        path.write_text(convert(program, "doccano"), encoding="utf-8")
        parser = JSONLParser(encoding="utf-8")
        (row,) = parser.parse(str(path))
    assert parser.errors == [], parser.errors
    assert row["text"] == ARTICLE
    example = uuid.uuid4()
    spans = [SpanLabel.parse(example, one) for one in row["entities"]]
    words = {one.id: ARTICLE[one.start_offset : one.end_offset] for one in spans}
    found = sorted((one.label, words[one.id]) for one in spans)
    assert found == marks, (found, marks)
    relations = [RelationLabel.parse(example, one) for one in row["relations"]]
    joined = sorted((one.type, words[one.from_id], words[one.to_id]) for one in relations)
    assert joined == links, (joined, links)
    try:
        SpanLabel.parse(example, {**row["entities"][0], "end_offset": 0})
    except ValueError:
        return f"{len(found)} spans, {len(joined)} links"
    raise AssertionError("it would say so of a span that ends before it starts")


READERS = [
    ("doccano", "doccano's own parser", doccano),
    ("brat", "brat's own, of bratiaa", brat),
    ("label-studio", "label-studio-sdk", label_studio),
    ("uima", "dkpro-cassis", uima),
    ("iob2", "seqeval, strict IOB2", iob2),
    ("csv", "pandas", table),
    ("schema-org", "rdflib", json_ld),
    ("w3c", "rdflib", web_annotation),
    ("tei", "tei_all.rng, by lxml", tei),
]


UNREAD = [
    ("prodigy", "it is sold"),
]


def main(program):
    marks, links = layer(program)
    good = True
    for name, tool, reader in READERS:
        try:
            said = "the same: " + reader(program, marks, links)
        except AssertionError as error:
            good, said = False, f"OTHER: {error}"
        print(f"{name:14}{tool:26}{said}")
    for name, why in UNREAD:
        print(f"{name:14}{'not verified here':26}{why}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
