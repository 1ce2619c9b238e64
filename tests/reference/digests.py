"""Computes the digests of docs/digests.md without any of this project's code.

    python digests.py spec SPEC.yaml       a spec in the YAML notation, laid out by `intervene fmt`
    python digests.py rows SPEC.yaml NAME  the rows of a dataset that stand in the spec
    python digests.py model DIR            a model directory
    python digests.py result DIR           what `intervene run -o` wrote
    python digests.py expected DIR         all of them for a committed example, as JSON
"""
import csv
import hashlib
import json
import re
import struct
import sys
from decimal import Decimal
from pathlib import Path

import yaml

WORK = ("model params vectors tokens subspaces dictionaries circuits data runs metrics").split()
TOKENIZER = ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def sha256(content):
    content = content.encode() if isinstance(content, str) else content
    return "sha256:" + hashlib.sha256(content).hexdigest()


def number(x):
    """A double as ECMAScript prints it."""
    x = float(x)
    if x == 0:
        return "0"
    if 1e-6 <= abs(x) < 1e21:
        text = format(Decimal(repr(x)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = repr(x).partition("e")
    mantissa = mantissa.removesuffix(".0")
    return f"{mantissa}e{'-' if int(exponent) < 0 else '+'}{abs(int(exponent))}"


def canonical(tree):
    """RFC 8785."""
    if isinstance(tree, dict):
        keys = sorted(tree, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(k) + ":" + canonical(tree[k]) for k in keys) + "}"
    if isinstance(tree, list):
        return "[" + ",".join(map(canonical, tree)) + "]"
    if isinstance(tree, str):
        return json.dumps(tree, ensure_ascii=False)
    return number(tree)


def tree(node, cells=False):
    """Maps, lists and texts; plain numbers are numbers in the cells of rows, else texts."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: tree(value, cells) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [tree(item, cells) for item in node.value]
    if cells and node.style is None and NUMBER.fullmatch(node.value):
        return float(node.value)
    return node.value


def read(file):
    root = yaml.compose(Path(file).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    spec = {}
    for key, value in root.value:
        if key.value == "data":
            spec["data"] = {name.value: data(clause) for name, clause in value.value}
        else:
            spec[key.value] = tree(value)
    spec["model"] = {"dtype": "float32", "device": "auto", "bos": "auto"} | spec["model"]
    for run in spec["runs"].values():
        if "for" in run:
            run["for"] = [[variable, values] for variable, values in run["for"].items()]
    return spec


def data(clause):
    inline = ("rows", "pairs", "tokens")
    return {
        key.value: tree(value, key.value in inline and isinstance(value, yaml.SequenceNode))
        for key, value in clause.value
    }


def spec_digests(file):
    spec = read(file)
    work = {key: spec[key] for key in WORK if key in spec}
    return {
        "spec": sha256(canonical(spec | {"intervene-spec": 1})),
        "work": sha256(canonical(work | {"intervene-work": 1})),
    }


def item(kind, content):
    content = content.encode() if isinstance(content, str) else content
    return kind.encode() + struct.pack(">I", len(content)) + content


def rows_digest(rows):
    """Rows of texts, lists of token ids and numbers; texts that templates made have slots."""
    columns = sorted(rows[0])
    out = b"intervene-data 1" + b"".join(item("C", column) for column in columns)
    for row in rows:
        out += item("R", "")
        for column in columns:
            value = row[column]
            slots = {}
            if isinstance(value, tuple):
                value, slots = value
            if isinstance(value, str):
                out += item("T", value)
            elif isinstance(value, list):
                out += item("I", b"".join(struct.pack(">i", int(i)) for i in value))
            else:
                out += item("N", struct.pack(">d", value + 0.0))
            for slot in sorted(slots):
                out += item("S", slot)
                for start, end in slots[slot]:
                    out += item("P", struct.pack(">ii", start, end))
    return sha256(out)


def inline_rows(file, name):
    clause = read(file)["data"][name]
    return clause.get("rows") or clause.get("pairs") or [{"tokens": t} for t in clause["tokens"]]


def files_digest(directory, names):
    lines = [
        hashlib.sha256((Path(directory) / name).read_bytes()).hexdigest() + "  " + name + "\n"
        for name in sorted(names)
    ]
    return sha256("".join(lines))


def model_digest(directory):
    directory = Path(directory)
    index = directory / "model.safetensors.index.json"
    if (directory / "model.safetensors").exists():
        weights = ["model.safetensors"]
    else:
        weights = list(set(json.loads(index.read_text())["weight_map"].values()))
    tokenizer = [name for name in TOKENIZER if (directory / name).exists()]
    return files_digest(directory, ["config.json", *weights, *tokenizer])


def tensors(file):
    """Name, dtype, shape and bytes of the tensors of a safetensors file."""
    content = file.read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    for name, entry in json.loads(content[8 : 8 + length]).items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            yield name, entry["dtype"], entry["shape"], content[8 + length + start : 8 + length + end]


def result_digest(directory):
    directory = Path(directory)
    lines = []
    with open(directory / "metrics.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            run, metric, value = row.pop("run"), row.pop("metric"), row.pop("value")
            place = {axis: label for axis, label in row.items() if label != ""}
            lines.append(canonical(["cell", run, metric, place, value]))
    if (directory / "tensors.safetensors").exists():
        for name, dtype, shape, content in tensors(directory / "tensors.safetensors"):
            lines.append(canonical(["tensor", name, dtype, shape, sha256(content)]))
    lines.sort(key=lambda line: line.encode("utf-16-be"))
    return sha256("".join(line + "\n" for line in lines))


def expected(directory):
    spec = directory / "spec.yaml"
    return spec_digests(spec) | {
        "data": {name: rows_digest(inline_rows(spec, name)) for name in read(spec)["data"]},
        "model": model_digest(directory / "../conformance/gpt2-plain"),
        "result": result_digest(directory / "result"),
    }


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    if kind == "spec":
        print(spec_digests(rest[0]))
    elif kind == "rows":
        print(rows_digest(inline_rows(*rest)))
    elif kind == "model":
        print(model_digest(rest[0]))
    elif kind == "result":
        print(result_digest(rest[0]))
    else:
        print(json.dumps(expected(Path(rest[0])), indent=2))
