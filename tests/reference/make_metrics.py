"""Reductions and bootstrap intervals of a small array with gaps, computed by numpy.

Writes runtime/core/src/test/resources/org/intervene/metric/{array,expected}.csv:

    OMP_NUM_THREADS=1 python tests/reference/make_metrics.py
"""

import csv
import pathlib

import numpy as np

LAYERS, POSITIONS, EXAMPLES = 3, 4, 6
RESAMPLES, SEED, MASK = 2000, 1, (1 << 64) - 1
TARGET = (
    pathlib.Path(__file__).resolve().parents[2]
    / "runtime/core/src/test/resources/org/intervene/metric"
)


def draws(units):
    """Indices of every resample, from SplitMix64."""
    state, rows = SEED, []
    for _ in range(RESAMPLES):
        row = []
        for _ in range(units):
            state = (state + 0x9E3779B97F4A7C15) & MASK
            z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            z ^= z >> 31
            row.append(((z >> 32) * units) >> 32)
        rows.append(row)
    return np.array(rows)


def interval(by_example, level=0.95):
    """Percentile interval of the mean of everything when whole examples are drawn."""
    means = []
    for row in draws(len(by_example)):
        picked = np.concatenate([by_example[i] for i in row])
        if picked.size:
            means.append(picked.mean())
    return np.quantile(means, [(1 - level) / 2, (1 + level) / 2])


def main():
    rng = np.random.default_rng(20)
    x = rng.normal(1.5, 2.0, (LAYERS, POSITIONS, EXAMPLES))
    lengths = [4, 4, 3, 4, 2, 3]  # tokens of each example: later positions do not exist
    present = np.arange(POSITIONS)[:, None] < np.array(lengths)[None, :]
    present = np.broadcast_to(present, x.shape)

    rows = [("layer", "pos", "example", "value")]
    for index in np.ndindex(*x.shape):
        rows.append((*index, repr(float(x[index])) if present[index] else ""))
    write("array.csv", rows)

    rows = [("function", "layer", "pos", "value")]
    for layer in range(LAYERS):
        for pos in range(POSITIONS):
            values = x[layer, pos][present[layer, pos]]
            low, high = interval([x[layer, pos, e][present[layer, pos, e]].reshape(-1) for e in range(EXAMPLES)])
            for name, value in {
                "mean": values.mean(),
                "median": np.median(values),
                "sum": values.sum(),
                "min": values.min(),
                "max": values.max(),
                "sem": values.std(ddof=1) / np.sqrt(len(values)),
                "quantile": np.quantile(values, 0.9),
                "count": len(values),
                "low": low,
                "high": high,
            }.items():
                rows.append((name, layer, pos, repr(float(value))))
    low, high = interval([x[:, :, e][present[:, :, e]] for e in range(EXAMPLES)])
    for name, value in {
        "mean": x[present].mean(),
        "sem": x[present].std(ddof=1) / np.sqrt(present.sum()),
        "low": low,
        "high": high,
    }.items():
        rows.append((name, "", "", repr(float(value))))
    write("expected.csv", rows)


def write(name, rows):
    TARGET.mkdir(parents=True, exist_ok=True)
    with open(TARGET / name, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
