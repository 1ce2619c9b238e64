"""Reads what `intervene export` wrote with pyarrow and numpy, and compares it with the result it was made of.

    python check_export.py ../../runtime/engine/src/test/resources/export

Needs pyarrow and numpy. Prints what it read; stops at the first difference.
"""

import csv
import json
import math
import pathlib
import sys

import numpy
import pyarrow.parquet


def number(value):
    return math.nan if value is None else float(value)


def same(one, other):
    return one == other or (one != one and other != other)


def points(folder, result):
    wanted = []
    for run in result["runs"]:
        labels = {axis["name"]: axis for axis in run["axes"]}
        for metric in run["metrics"]:
            cells = metric["cells"]
            means = numpy.array(cells["mean"], dtype=object)
            for place in numpy.ndindex(*cells["shape"]):
                pick = lambda key: numpy.array(cells[key], dtype=object).reshape(cells["shape"])[place]
                if pick("mean") is None:
                    continue
                entry = {name: labels[name]["values"][i] if labels[name]["values"] else labels[name]["labels"][i]
                         for name, i in zip(cells["axes"], place)}
                wanted.append((run["name"], entry, metric["name"], float(pick("mean")), pick("low"), pick("high")))
    table = pyarrow.parquet.read_table(folder / "points.parquet")
    print(table.schema, table.num_rows, "rows")
    rows = table.to_pylist()
    assert len(rows) == len(wanted)
    axes = [c for c in table.column_names if c not in ("run", "metric", "mean", "low", "high")]
    for row, (run, entry, metric, mean, low, high) in zip(rows, wanted):
        assert (row["run"], row["metric"]) == (run, metric)
        assert {a: row[a] for a in axes if row[a] is not None} == entry, (row, entry)
        assert same(row["mean"], mean) and row["low"] == low and row["high"] == high, row


def examples(folder):
    with open(folder / "result/metrics.csv", newline="") as file:
        wanted = list(csv.DictReader(file))
    table = pyarrow.parquet.read_table(folder / "examples.parquet")
    print(table.schema, table.num_rows, "rows")
    rows = table.to_pylist()
    assert len(rows) == len(wanted)
    for row, line in zip(rows, wanted):
        assert same(row.pop("value"), float(line.pop("value")))
        assert {k: "" if v is None else str(v) for k, v in row.items()} == line, (row, line)


def arrays(folder, result):
    with numpy.load(folder / "result.npz") as file:
        for name, array in file.items():
            print(name, array.dtype, array.shape)
        for run in result["runs"]:
            for metric in run["metrics"]:
                cells = metric["cells"]
                for key in ("mean", "low", "high"):
                    wanted = numpy.array(cells[key], dtype=float).reshape(cells["shape"])
                    numpy.testing.assert_array_equal(file[f"metrics/{run['name']}/{metric['name']}/{key}"], wanted)
            for axis in run["axes"]:
                wanted = axis["values"] or axis["labels"]
                assert file[f"axes/{run['name']}/{axis['name']}"].tolist() == wanted


def main():
    folder = pathlib.Path(sys.argv[1])
    result = json.loads((folder / "result/result.json").read_text())
    points(folder, result)
    examples(folder)
    arrays(folder, result)
    print("equal")


main()
