"""Writes tests/src/test/resources/pyvene: directories that pyvene saved, the calls, and what pyvene computed.

Each case is saved by IntervenableModel.save and run in float64. Trained rotations are stood in for by random ones. A
case without outputs holds what has no equivalent.
"""

import json
import random
import shutil
from importlib.metadata import version
from pathlib import Path

import numpy
import pyvene as pv
import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

from float64 import lifted

RESOURCES = Path(__file__).resolve().parents[1] / "src/test/resources"
OUT = RESOURCES / "pyvene"
TORCH_FILES = Path(__file__).resolve().parents[2] / "runtime/core/src/test/resources/torchfile"
ROWS, POSITIONS = 2, 6


def main():
    torch.set_num_threads(1)
    shutil.rmtree(OUT, ignore_errors=True)
    for name, case in CASES.items():
        seed(name)
        with lifted():
            write(name, *case())
    torch_files()
    (OUT / "made_with.json").write_text(
        json.dumps({name: version(name) for name in ("pyvene", "transformers", "torch")}, indent=1) + "\n"
    )


def seed(name):
    number = sum(ord(c) * 31**i for i, c in enumerate(name)) % 2**31
    random.seed(number), numpy.random.seed(number), torch.manual_seed(number)


def load(fixture):
    return AutoModelForCausalLM.from_pretrained(
        RESOURCES / "conformance" / fixture, dtype=torch.float64, attn_implementation="eager"
    ).eval()


def tokens(model, length=POSITIONS):
    return {"input_ids": torch.randint(4, model.config.vocab_size, (ROWS, length))}


def entry(layer, component, kind, **more):
    return {"layer": layer, "component": component, "intervention_type": kind, **more}


def every(places, rows=ROWS):
    """The same places in every example."""
    return [places] * rows


# --- the cases: fixture, config, call (None: nothing is computed) --------------------------------------------------


def exchange(fixture):
    """Two interventions with a source each; other positions in each example."""
    model = load(fixture)
    config = [entry(0, "block_output", pv.VanillaIntervention), entry(1, "block_input", pv.VanillaIntervention)]
    places = ([[[1], [3]], [[5], [2]]], [[[2], [3]], [[4], [2]]])
    return fixture, config, call(model, 2, places)


def attention(fixture):
    """Heads, at all positions and at some; other heads and positions are read than written."""
    model = load(fixture)
    config = [
        entry(0, "head_attention_value_output", pv.VanillaIntervention, unit="h", max_number_of_units=2),
        entry(1, "head_attention_value_output", pv.VanillaIntervention, unit="h.pos"),
        entry(1, "head_query_output", pv.VanillaIntervention, unit="h.pos"),
        entry(0, "head_value_output", pv.VanillaIntervention, unit="h"),
        entry(1, "key_output", pv.VanillaIntervention),
    ]
    source = [every([0, 2]), [every([1]), every([4])], [every([3]), every([5])], every([1]), every([2])]
    base = [every([0, 2]), [every([2]), every([5])], [every([3]), every([5])], every([1]), every([3])]
    return fixture, config, call(model, 5, (source, base))


def sites():
    model = load("gpt2-plain")
    names = ["mlp_output", "mlp_input", "mlp_activation", "attention_output", "attention_input", "attention_value_output"]
    config = [entry(i % 3, name, pv.VanillaIntervention, max_number_of_units=2) for i, name in enumerate(names)]
    places = [every([1, 4])] * len(names)
    return "gpt2-plain", config, call(model, len(names), (places, places))


def sums():
    """Addition and subtraction, where they are read and elsewhere."""
    model = load("gpt2-plain")
    config = [entry(0, "block_output", pv.AdditionIntervention), entry(1, "mlp_output", pv.SubtractionIntervention)]
    return "gpt2-plain", config, call(model, 2, ([every([3]), every([5])], [every([1]), every([5])]))


def zeros():
    """Nothing is read; what is collected has been changed before."""
    model = load("gpt2-plain")
    config = [
        entry(0, "mlp_output", pv.ZeroIntervention),
        entry(1, "head_attention_value_output", pv.ZeroIntervention, unit="h"),
        entry(2, "block_input", pv.CollectIntervention, max_number_of_units=2),
    ]
    places = [every([2]), every([3]), every([1, 5])]
    return "gpt2-plain", config, call(model, 0, {"base": places})


def constants(fixture="gpt2-plain"):
    model = load(fixture)
    width = model.config.hidden_size
    kinds = [pv.VanillaIntervention, pv.AdditionIntervention, pv.SubtractionIntervention]
    config = [
        entry(i % 2, name, kind, source_representation=torch.randn(width))
        for i, (name, kind) in enumerate(zip(["attention_value_output", "block_output", "mlp_output"], kinds))
    ]
    return fixture, config, call(model, 0, {"base": 4})


def serial():
    model = load("gpt2-plain")
    config = [entry(0, "block_output", pv.VanillaIntervention), entry(2, "block_input", pv.VanillaIntervention)]
    places = {"source_0->source_1": ([every([2])], [every([2])]), "source_1->base": ([every([4])], [every([4])])}
    return "gpt2-plain", {"representations": config, "mode": "serial"}, call(model, 2, places)


def groups():
    """Two entries share a source; one of them is named by its module."""
    model = load("gpt2-plain")
    config = [
        entry(0, "block_output", pv.VanillaIntervention, group_key=0),
        entry(0, "transformer.h[1].mlp.output", pv.VanillaIntervention, group_key=0),
        entry(2, "block_output", pv.VanillaIntervention, group_key=1),
    ]
    return "gpt2-plain", config, call(model, 2, [3, 3])


def partition():
    """Some elements of a value, by a partition and by number."""
    model = load("gpt2-plain")
    config = [
        entry(0, "block_output", pv.VanillaIntervention, subspace_partition=[[0, 4], [4, 15], [15, 20]]),
        entry(1, "attention_value_output", pv.VanillaIntervention, subspace_partition=[[3, 8], [8, 20]]),
        entry(2, "mlp_output", pv.AdditionIntervention),
    ]
    subspaces = [[[0, 2], [0, 2]], [[0], [0]], None]
    return "gpt2-plain", config, call(model, 3, [2, 2], subspaces=subspaces)


def skip():
    model = load("gpt2-plain")
    config = [entry(1, "block_output", pv.SkipIntervention), entry(2, "mlp_output", pv.SkipIntervention)]
    return "gpt2-plain", config, call(model, 2, [[every([2]), every([4])], [every([2]), every([4])]])


def lengths():
    """A source that is longer than the base."""
    model = load("gpt2-plain")
    config = [entry(1, "block_output", pv.VanillaIntervention)]
    arguments = call(model, 1, ([every([7])], [every([4])]))
    return "gpt2-plain", config, arguments | {"sources": [tokens(model, POSITIONS + 3)]}


def low_rank(fixture):
    """Subspaces: all of one, one part of another; read elsewhere than written; a head's own."""
    model = load(fixture)
    kind = pv.LowRankRotatedSpaceIntervention
    config = [
        entry(0, "block_output", kind, low_rank_dimension=2),
        entry(1, "mlp_output", kind, low_rank_dimension=4, subspace_partition=[[0, 1], [1, 4]]),
        entry(1, "attention_output", kind, low_rank_dimension=1),
    ]
    source, base = [every([3]), every([5]), every([2])], [every([1]), every([5]), every([2])]
    return fixture, config, call(model, 3, (source, base), subspaces=[None, [[1]] * ROWS, None])


def rotated():
    """A whole rotation, and a part of one."""
    model = load("gpt2-plain")
    kind = pv.RotatedSpaceIntervention
    config = [
        entry(0, "block_output", kind),
        entry(1, "block_output", kind, subspace_partition=[[0, 3], [3, 20]]),
        entry(2, "head_attention_value_output", kind, unit="h.pos", subspace_partition=[[0, 2], [2, 5]]),
    ]
    places = [every([1]), every([4]), [every([2]), every([3])]]
    return "gpt2-plain", config, call(model, 3, (places, places), subspaces=[None, [[0]] * ROWS, [[1]] * ROWS])


def old():
    """As pyvene saved it in January 2024."""
    return exchange("gpt2-plain")


def unknown():
    config = [
        entry(0, "block_output", pv.NoiseIntervention),
        entry(1, "block_output", pv.BoundlessRotatedSpaceIntervention),
        entry(0, "mlp_output", pv.VanillaIntervention, intervention_link_key=0),
        entry(1, "mlp_output", pv.VanillaIntervention, intervention_link_key=0),
        entry(0, "block_input", pv.VanillaIntervention, unit="h"),
        entry(0, "transformer.h[0].attn.c_attn.output", pv.VanillaIntervention),
        entry(1, "block_input", pv.CollectIntervention),
        entry(1, "block_input", pv.ZeroIntervention),
        entry(1, "attention_output", Doubling),
    ]
    return "gpt2-plain", config, None


class Doubling(pv.SourcelessIntervention):
    def forward(self, base, source=None, subspaces=None, **kwargs):
        return 2 * base


CASES = {
    "exchange": lambda: exchange("gpt2-plain"),
    "exchange-llama": lambda: exchange("llama-gqa"),
    "attention": lambda: attention("gpt2-plain"),
    "attention-llama": lambda: attention("llama-gqa"),
    "sites": sites,
    "sums": sums,
    "zeros": zeros,
    "constants": constants,
    "serial": serial,
    "groups": groups,
    "partition": partition,
    "skip": skip,
    "lengths": lengths,
    "low-rank": lambda: low_rank("gpt2-plain"),
    "low-rank-llama": lambda: low_rank("llama-gqa"),
    "rotated": rotated,
    "old": old,
    "unknown": unknown,
}


# --- running and writing ------------------------------------------------------------------------------------------


def call(model, sources, unit_locations, **more):
    if isinstance(unit_locations, (tuple, list)):
        unit_locations = {"sources->base": unit_locations}
    given = {"base": tokens(model), "unit_locations": unit_locations} | more
    return given | ({"sources": [tokens(model) for _ in range(sources)]} if sources else {})


def write(name, fixture, config, arguments):
    directory = OUT / name
    model = load(fixture)
    config = config if isinstance(config, dict) else {"representations": config}
    intervenable = pv.IntervenableModel(pv.IntervenableConfig(**config), model)
    shake(intervenable)
    intervenable.save(str(directory))
    if name == "old":
        age(directory / "config.json")
    (directory / "fixture.txt").write_text(fixture + "\n")
    if arguments is None:
        return
    (directory / "call.json").write_text(json.dumps(listed(arguments)) + "\n")
    with torch.no_grad():
        out = intervenable(**arguments, return_dict=True)
    tensors = {"logits": out.intervened_outputs.logits}
    collecting = [i for i, r in enumerate(config["representations"]) if r["intervention_type"] is pv.CollectIntervention]
    for i, value in enumerate(out.collected_activations or []):
        tensors[f"collected/{i}"], tensors[f"collected/{i}/entry"] = value, torch.tensor([collecting[i]])
    tensors = {key: value.contiguous().clone() for key, value in tensors.items()}
    plain = model(arguments["base"]["input_ids"]).logits
    assert (tensors["logits"] - plain).abs().max() > 1e-3, f"{name} changes nothing"
    assert all(value.isfinite().all() for value in tensors.values())
    save_file(tensors, directory / "expected.safetensors")
    (directory / "expected.safetensors").chmod(0o644)


def shake(intervenable):
    """Stands in for training: the parameters of rotations get values of their own."""
    with torch.no_grad():
        for key, parameter in intervenable.interventions.named_parameters():
            if key.endswith("original"):
                diagonal = parameter.diagonal().clone()
                parameter += 0.3 * torch.randn(parameter.shape)
                parameter.diagonal().copy_(diagonal)


def torch_files():
    """Every kind of number and view in one file, what it holds, and files that only torch should read."""
    TORCH_FILES.mkdir(parents=True, exist_ok=True)
    seed("torch files")
    base = torch.randn(4, 6)
    held = {
        "float64": base,
        "transposed": base.T,
        "part": base[1:3, ::2],
        "expanded": base[0].expand(3, 6),
        "float32": base.float(),
        "float16": torch.tensor([1.5, -2.0**-24, 65504.0, float("inf"), 0.0], dtype=torch.float16),
        "bfloat16": torch.tensor([1.0, -3.140625, 1e30]).bfloat16(),
        "int64": torch.tensor([-(2**40), 7]),
        "int32": torch.tensor([-5, 6], dtype=torch.int32),
        "int16": torch.tensor([-300, 300], dtype=torch.int16),
        "int8": torch.tensor([-128, 127], dtype=torch.int8),
        "uint8": torch.tensor([0, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "number": torch.tensor(20),
        "none": torch.empty(0, 3),
        "parameter": torch.nn.Parameter(base[:1]),
    }
    torch.save(held, TORCH_FILES / "kinds.bin")
    torch.save(held, TORCH_FILES / "protocol-4.bin", pickle_protocol=4)
    torch.save(base, TORCH_FILES / "bare.bin")
    torch.save(held, TORCH_FILES / "legacy.bin", _use_new_zipfile_serialization=False)
    torch.save({"model": torch.nn.Linear(2, 2)}, TORCH_FILES / "module.bin")
    torch.save({"x": torch.tensor([1 + 2j])}, TORCH_FILES / "complex.bin")
    torch.save({"steps": 3}, TORCH_FILES / "number.bin")
    expected = {n: {"shape": list(t.shape), "elements": [float(x) for x in t.flatten().tolist()]} for n, t in held.items()}
    expected["float16"]["elements"][3] = "Infinity"
    (TORCH_FILES / "kinds.json").write_text(json.dumps(expected, indent=1, allow_nan=False) + "\n")


def listed(value):
    if isinstance(value, torch.Tensor):
        return value.tolist()
    if isinstance(value, dict):
        return {key: listed(item) for key, item in value.items()}
    return [listed(item) for item in value] if isinstance(value, (list, tuple)) else value


def age(path):
    """The config as version 0.0.7 spelled it, with eleven fields by position."""
    config = json.loads(path.read_text())
    kept = (0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 12)
    aged = {
        "intervenable_representations": [[fields[i] for i in kept] for fields in config["representations"]],
        "intervenable_interventions_type": config["intervention_types"],
        "intervenable_interventions": [None],
        "intervenable_model_type": "<class 'transformers.models.gpt2.modeling_gpt2.GPT2LMHeadModel'>",
        "intervention_dimensions": config["intervention_dimensions"],
        "mode": "parallel",
        "sorted_keys": [f"layer.{r[0]}.repr.{r[1]}.unit.{r[2]}.nunit.{r[3]}#0" for r in config["representations"]],
        "transformers_version": "4.36.2",
    }
    path.write_text(json.dumps(aged, indent=2) + "\n")


if __name__ == "__main__":
    main()
