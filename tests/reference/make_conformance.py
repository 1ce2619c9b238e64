"""Writes tests/src/test/resources/conformance: tiny random checkpoints and what transformers computes from them.

    python make_conformance.py            all cases
    python make_conformance.py NAME...    only these
    python make_conformance.py --check    nothing is written; fails where a committed number moved by more than 1e-9
"""

import copy
import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForMaskedLM, PreTrainedConfig

import edits
import repairs
from cases import CASES
from float64 import assert_no_float32, lifted
from sites import Hooked

OUT = Path(__file__).resolve().parents[1] / "src/test/resources/conformance"
ENCODERS = {"bert", "distilbert", "roberta"}
LENGTHS = {"a": 7, "b": 7, "long": 11}
FIRST_TOKEN = 4  # ids below are kept for padding, start, end and mask
MASK = 3
NOT_COMPUTATION = set(PreTrainedConfig().to_dict()) - {"tie_word_embeddings"}


def main(arguments):
    torch.set_num_threads(1)
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    repairs.install()
    check = "--check" in arguments
    names = [a for a in arguments if not a.startswith("--")]
    for case in CASES:
        if not names or case.name in names:
            with tempfile.TemporaryDirectory() as scratch:
                built = build(case, Path(scratch) / case.name)
                compare(built, OUT / case.name) if check else publish(built, OUT / case.name)
    strays = {d.name for d in OUT.iterdir() if d.is_dir()} - {case.name for case in CASES}
    assert not strays, f"directories without a case: {strays}"


def build(case, directory):
    save_checkpoint(case, directory)
    with lifted():
        model = load(case, directory, torch.float64)
    assert_no_float32(model)
    with lifted(strict=True):
        expected, plan, facts = compute(case, model)
        facts["parameters_without_effect"] = check_parameters_matter(case, model, expected)
    with lifted():
        check_settings_matter(case, directory, expected)
    facts["float32_difference"] = float32_difference(case, directory, expected)
    save_file(expected, directory / "expected.safetensors")
    (directory / "case.json").write_text(as_text(describe(case, model, plan, facts, directory)))
    return directory


# --- the checkpoint ----------------------------------------------------------------------------------------------


def auto(case):
    return AutoModelForMaskedLM if case.family in ENCODERS else AutoModelForCausalLM


def save_checkpoint(case, directory):
    config = AutoConfig.for_model(case.family, **case.config)
    model = auto(case).from_config(config)
    model.to(getattr(torch, case.dtype))
    randomise(case, model)
    model.save_pretrained(directory, **({"max_shard_size": case.shard} if case.shard else {}))
    (directory / "generation_config.json").unlink(missing_ok=True)
    path = directory / "config.json"
    path.write_text(json.dumps(case.config_edit(json.loads(path.read_text())), indent=2, sort_keys=True) + "\n")
    weights = directory / "model.safetensors"
    if weights.exists():
        save_file(case.weights_edit(load_file(weights)), weights, metadata={"format": "pt"})


def randomise(case, model):
    """Every parameter is random: norms around what the family starts them at, matrices scaled by their inputs."""
    owners = {
        f"{path}.{name}" if path else name: module
        for path, module in model.named_modules()
        for name, _ in module.named_parameters(recurse=False)
    }
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            kind = type(owners[name]).__name__
            drawn_as = torch.float64 if case.dtype == "float64" else torch.float32
            noise = torch.randn(parameter.shape, generator=generator(f"{case.name}/{name}"), dtype=drawn_as)
            if "Norm" in kind and name.endswith("weight"):
                parameter.add_(0.3 * noise)
            elif "Embedding" in kind:
                parameter.copy_(0.5 * noise)
            elif parameter.dim() == 1:
                parameter.copy_(0.3 * noise)
            else:
                inputs = parameter.shape[0] if kind == "Conv1D" else parameter.shape[-1]
                parameter.copy_(1.2 * noise / inputs**0.5)


def generator(name):
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big")
    return torch.Generator().manual_seed(seed)


def load(case, directory, dtype, **overrides):
    config = AutoConfig.from_pretrained(directory, **overrides)
    model, info = auto(case).from_pretrained(
        directory, config=config, dtype=dtype, attn_implementation="eager",
        experts_implementation="eager", output_loading_info=True
    )
    # position_ids and the like are buffers of older checkpoints; a parameter that was not found would be a mistake
    assert not info["missing_keys"] and not info["mismatched_keys"], (case.name, info)
    return model.eval()


# --- what transformers computes ----------------------------------------------------------------------------------


def compute(case, model):
    prompts = {name: prompt(case, name, length) for name, length in LENGTHS.items()}
    expected = {f"tokens/{name}": torch.tensor(tokens) for name, tokens in prompts.items()}
    runs = {name: run(model, tokens) for name, tokens in prompts.items()}
    for name, (logits, values, patterns) in runs.items():
        expected[f"{name}/logits"] = logits
        if name == "b":
            continue
        for key, value in values.items():
            site, layer = key.split(".")
            if site == "chosen":
                expected[f"{name}/{key}"] = value.to(torch.int64)
            elif site == "resid_post" or (name == "a" and (site != "resid_pre" or layer == "0")):
                expected[f"{name}/{key}"] = value
        for layer, pattern in patterns.items():
            expected[f"{name}/pattern.{layer}"] = pattern
    facts = {"additive": check_additive(case, model, runs)}
    check_alibi(case, model, prompts["long"], runs["long"][0])
    source = runs["b"][1]
    vectors = {
        "stream": torch.randn(source["resid_post.0"].shape[-1], generator=generator(f"{case.name}/stream")),
        "head": torch.randn(source["z.0"].shape[-1], generator=generator(f"{case.name}/head")),
    }
    expected |= {f"vector/{name}": vector for name, vector in vectors.items()}
    plan = edits.plan(len(runs["a"][2]), source["z.0"].shape[1], vectors, source)
    mixtures = sorted(int(key.split(".")[1]) for key in source if key.startswith("router."))
    if mixtures:
        experts = source[f"router.{mixtures[0]}"].shape[-1]
        vectors["experts"] = torch.randn(experts, generator=generator(f"{case.name}/experts"))
        expected["vector/experts"] = vectors["experts"]
        favourite = runs["a"][1][f"chosen.{mixtures[-1]}"].flatten().mode().values.item()
        plan |= edits.mixtures(mixtures, favourite, vectors, source)
    for name, chain in plan.items():
        logits, _, _ = run(model, prompts["a"], chain)
        moved = (logits - runs["a"][0]).abs().max().item()
        assert moved > 1e-3, f"{case.name}: {name} does nothing ({moved})"
        expected[f"edit/{name}/logits"] = logits
    for name, tensor in expected.items():
        assert tensor.dtype in (torch.float64, torch.int64) and tensor.double().isfinite().all(), (case.name, name)
    return {name: tensor.contiguous().clone() for name, tensor in expected.items()}, plan, facts


def run(model, tokens, chain=()):
    """A copy each time: rotary tables that grow with the longest sequence seen would make runs depend on their order."""
    return Hooked(copy.deepcopy(model)).run(tokens, chain)


def prompt(case, name, length):
    drawn = torch.randint(FIRST_TOKEN, case.config["vocab_size"], (length,), generator=generator(f"{case.name}/{name}"))
    tokens = drawn.tolist()
    for position, token in case.prompts.get(name, {}).items():
        tokens[position] = token
    if case.family in ENCODERS:
        for position in masked_positions(name):
            tokens[position] = MASK
    return tokens


def masked_positions(name):
    return [1, 8] if name == "long" else [4]


# --- checks that the fixture is worth something ------------------------------------------------------------------


def check_additive(case, model, runs):
    """resid_pre + attn_out + mlp_out = resid_post, unless the stream itself is normalised after each addition."""
    sites = Hooked(model).sites
    if sites.post_norm(model.config):
        return False
    for _, values, patterns in runs.values():
        for layer in patterns:
            parts = sum(values[f"{site}.{layer}"] for site in ("resid_pre", "attn_out", "mlp_out"))
            error = (parts - values[f"resid_post.{layer}"]).abs().max().item()
            assert error < 1e-12, (case.name, layer, error)
    return True


def check_alibi(case, model, tokens, logits):
    if case.family == "falcon" and model.config.alibi:
        difference = (repairs.sdpa_logits(model, tokens) - logits).abs().max().item()
        assert difference < 1e-12, (case.name, difference)


def check_parameters_matter(case, model, expected):
    """Moves each parameter a little; returns those that change nothing, which must be the ones the case names."""
    tokens, before = expected["tokens/long"].tolist(), expected["long/logits"]
    silent = []
    for name, parameter in model.named_parameters():
        kept = parameter.detach().clone()
        with torch.no_grad():
            parameter.add_(0.05 * torch.randn(kept.shape, generator=generator(name)))
            if (run(model, tokens)[0] - before).abs().max() < 1e-5:
                silent.append(name)
            parameter.copy_(kept)
    odd = [name for name in silent if not name.endswith(case.without_effect)] if case.without_effect else silent
    assert not odd, f"{case.name}: no effect on the logits: {odd}"
    return silent


def check_settings_matter(case, directory, expected):
    for change in case.matters:
        other = run(load(case, directory, torch.float64, **change), expected["tokens/long"].tolist())[0]
        moved = (other - expected["long/logits"]).abs().max().item()
        assert moved > 1e-4, f"{case.name}: {change} changes nothing ({moved})"


def float32_difference(case, directory, expected):
    """How far the model as everyone runs it, float32 and unlifted, is from the expected logits: rounding only."""
    model = load(case, directory, torch.float32)
    worst = 0.0
    for name in LENGTHS:
        logits, _, _ = run(model, expected[f"tokens/{name}"].tolist())
        worst = max(worst, (logits.double() - expected[f"{name}/logits"]).abs().max().item())
    assert worst < 1e-4, f"{case.name}: float32 differs by {worst}"
    return worst


# --- files -------------------------------------------------------------------------------------------------------


def describe(case, model, plan, facts, directory):
    config = model.config.to_dict()
    written = json.loads((directory / "config.json").read_text())
    absent = {key: value for key, value in config.items() if key not in written and key not in NOT_COMPUTATION}
    return {
        "name": case.name,
        "family": case.family,
        "kind": "encoder" if case.family in ENCODERS else "decoder",
        "tests": case.tests,
        "surprises": case.surprises,
        "config_keys_absent_and_their_defaults": absent,
        "weights_dtype": case.dtype,
        "layers": config.get("num_hidden_layers") or model.config.num_hidden_layers,
        "heads": model.config.num_attention_heads,
        "resid_pre_plus_attn_out_plus_mlp_out_is_resid_post": facts["additive"],
        "prompts": {name: length for name, length in LENGTHS.items()},
        **({"masked_positions": {n: masked_positions(n) for n in LENGTHS}} if case.family in ENCODERS else {}),
        "edits": {name: {"on": "a", "do": [edit.json() for edit in chain]} for name, chain in plan.items()},
        "parameters_without_effect": facts["parameters_without_effect"],
        "float32_difference": facts["float32_difference"],
        "made_with": {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0]},
    }


def as_text(record):
    """JSON with one line for each key, and one for each intervention."""

    def lines(value, deep):
        if not deep:
            return json.dumps(value)
        return "{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in value.items()) + "\n }"

    return "{\n" + ",\n".join(f" {json.dumps(k)}: {lines(v, k == 'edits')}" for k, v in record.items()) + "\n}\n"


def publish(built, target):
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(built, target)
    for file in target.iterdir():
        file.chmod(0o644)
    size = sum(f.stat().st_size for f in target.iterdir())
    assert size < 150_000, (target.name, size)
    print(f"{target.name:32} {size / 1000:7.1f} kB", flush=True)


def compare(built, committed):
    mine, theirs = load_file(built / "expected.safetensors"), load_file(committed / "expected.safetensors")
    assert mine.keys() == theirs.keys(), built.name
    worst = max((mine[k].double() - theirs[k].double()).abs().max().item() for k in mine)
    same = all((built / f.name).read_bytes() == f.read_bytes() for f in committed.glob("model*"))
    assert worst < 1e-9 and same, (built.name, worst, same)
    print(f"{built.name:32} {worst:.1e}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
