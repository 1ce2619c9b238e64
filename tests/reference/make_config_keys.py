"""Writes tests/src/test/resources/config-keys: what every key of transformers' config classes does to the logits.

    python make_config_keys.py            all families
    python make_config_keys.py FAMILY...  only these

Each key is given other values in the config.json of the conformance cases. What transformers makes of it is one of

    logits      the same checkpoint gives other logits: some of them are recorded
    parameters  the config asks for tensors that the checkpoint lacks or has in another shape
    none        the logits are the same; the key then needs a reason below, or this script fails
    error       transformers refuses the value
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file
from transformers import CONFIG_MAPPING, AutoConfig, AutoModelForCausalLM, AutoModelForMaskedLM, PreTrainedConfig

import repairs
from cases import CASES
from float64 import lifted
from make_conformance import ENCODERS, OUT, run

TARGET = OUT.parent / "config-keys"
POSITIONS, TOKENS = (1, 4, 8, 10), (0, 7, 20)
ACTIVATIONS = ["relu", "silu", "gelu"]

# Keys of older transformers, which config.json files still hold, beside those of the class itself.
OLD = {
    "add_cross_attention": True, "apply_query_key_layer_scaling": True, "attention_bias": True, "embd_pdrop": 0.3,
    "bias": False, "head_dim": 4, "is_decoder": True, "logits_scaling": 3.0, "mlp_bias": True, "n_ctx": 7,
    "n_head_kv": 1, "num_experts": 2, "original_max_position_embeddings": 5, "partial_rotary_factor": 0.5,
    "pruned_heads": {"0": [0]}, "position_embedding_type": "relative_key", "qk_layernorm": True, "rope_theta": 50.0,
    "rope_scaling": {"type": "linear", "factor": 3.0}, "rotary": False, "rotary_dim": 2, "rotary_emb_base": 50,
    "rotary_pct": 0.5, "sliding_window": 3, "softmax_scale": 0.3, "sliding_window_pattern": 2, "tie_encoder_decoder": True,
    "scale_attn_weights": False, "use_bidirectional_attention": True, "use_sliding_window": True, "torchscript": True,
    "rope_local_base_freq": 50.0, "tie_word_embeddings": None, "use_bfloat16": True, "use_parallel_residual": None,
}

# Why a key has no effect. The first entry of which a word is in the key is it.
REASONS = [
    (("drop", "jitter"), "only in training"),
    (("token_id",), "names a token; what is added to an input is the tokenizer's to say"),
    (("use_cache",), "speed; the numbers are the same"),
    (("initializer", "init_std", "init_device"), "what training starts from"),
    (("summary_", "classifier", "label", "problem_type", "architectures"), "of other tasks' heads"),
    (("output_", "return_dict", "aux_loss"), "what is returned or trained beside the logits"),
    (("pretraining_tp", "slow_but_exact", "chunk_size", "reorder_and_upcast", "softmax_in_fp32"),
     "splits or reorders a sum: only roundings move"),
    (("dtype", "torchscript", "use_bfloat16", "attn_impl", "_attn_implementation"), "how numbers are kept or a product is written; a spec says its own dtype"),
    (("is_encoder_decoder", "tie_encoder_decoder", "add_cross_attention", "is_decoder"), "of models with two halves"),
    (("name_or_path", "transformers_version", "model_type"), "where the file comes from"),
    (("max_position", "n_positions", "max_seq_len", "n_ctx"), "the longest input that was trained: rotary angles and ALiBi go on behind it"),
]

# Why a key of one family has no effect although its name promises one.
WRITTEN = "the list of layers that transformers writes beside it decides"
OWN_REASONS = {
    ("distilbert", "sinusoidal_pos_embds"): "the table of positions is in the checkpoint either way",
    ("gemma", "use_bidirectional_attention"): "transformers' eager attention does not look at it",
    ("gemma2", "use_bidirectional_attention"): "transformers' eager attention does not look at it",
    ("gemma3_text", "_sliding_window_pattern"): WRITTEN,
    ("gemma3_text", "attn_logit_softcapping"): "transformers does not apply it in this family",
    ("gpt_bigcode", "num_key_value_heads"): "follows from multi_query",
    ("gpt_neo", "attention_types"): WRITTEN,
    ("qwen2", "max_window_layers"): WRITTEN,
    ("qwen3", "max_window_layers"): WRITTEN,
    **{
        ("mpt", key): "transformers does not look at it"
        for key in (
            "attn_config.alibi", "attn_config.alibi_bias_max", "attn_config.attn_uses_sequence_id", "attn_config.prefix_lm",
            "attn_config.qk_ln", "embedding_fraction", "expansion_ratio", "learned_pos_emb", "logit_scale", "no_bias",
            "norm_type",
        )
    },
}


def main(families):
    torch.set_num_threads(1)
    transformers.utils.logging.set_verbosity(transformers.utils.logging.CRITICAL)
    transformers.utils.logging.disable_progress_bar()
    repairs.install()
    TARGET.mkdir(exist_ok=True)
    missing = []
    for family in sorted({case.family for case in CASES}):
        if not families or family in families:
            record = audit(family, missing)
            (TARGET / f"{family}.json").write_text(as_text(record))
            print(family, {e: sum(t["effect"] == e for k in record["keys"].values() for t in k["tried"])
                           for e in ("logits", "parameters", "none", "error")}, flush=True)
    assert not missing, "no reason for: " + ", ".join(missing)


def audit(family, missing):
    names = [case.name for case in CASES if case.family == family]
    own = CONFIG_MAPPING[family]().to_dict()
    keys = {**{k: v for k, v in own.items()}, **{k: None for k in OLD if k not in own}}
    bases = {name: base(OUT / name) for name in names}
    record = {"family": family, "transformers": transformers.__version__, "keys": {}}
    for key in sorted(flat(keys)):
        if key in ("model_type", "transformers_version", "_name_or_path"):
            continue
        tried = []
        for name in names:
            for value in alternatives(key, bases[name]):
                entry = {"case": name, "value": value, **effect(bases[name], key, value)}
                if entry["effect"] != "error" or not any(t["value"] == value for t in tried):
                    tried.append(entry)
            if any(t["effect"] in ("logits", "parameters") for t in tried):
                break
        known = key.split(".")[0] in own
        if tried and (known or any(t["effect"] in ("logits", "parameters") for t in tried)):
            kept = thinned(tried)
            record["keys"][key] = {"class": known, "tried": kept}
            if all(t["effect"] in ("none", "error") for t in kept) and known:
                reason = why(family, key)
                record["keys"][key]["none_because"] = reason
                if reason is None and any(t["effect"] == "none" for t in kept):
                    missing.append(f"{family}.{key}")
    return record


def why(family, key):
    if (family, key) in OWN_REASONS:
        return OWN_REASONS[family, key]
    return next((reason for words, reason in REASONS if any(word in key for word in words)), None)


def thinned(tried):
    """At most two values without effect, and no errors beside other effects."""
    nothing = [t for t in tried if t["effect"] == "none"][:2]
    said = [t for t in tried if t["effect"] in ("logits", "parameters")]
    return said + nothing or tried[:1]


def flat(keys):
    """Keys of nested configurations are tried one by one, as parent.key."""
    for key, value in keys.items():
        if key == "attn_config":
            plain = set(PreTrainedConfig().to_dict())
            yield from (f"attn_config.{k}" for k in value if k not in plain)
        else:
            yield key


# --- other values ------------------------------------------------------------------------------------------------


def alternatives(key, base):
    config = base["config"]
    name = key.split(".")[-1]
    parent = config.get("attn_config") if "." in key else config
    value = getattr_or(parent, name)
    layers = base["layers"]
    if name in ("rope_parameters", "rope_scaling"):
        return ropes(name, value, base)
    if name in ("hidden_act", "activation_function", "activation", "hidden_activation"):
        return [a for a in ACTIVATIONS if a != value][:2]
    if name == "layer_types":
        return [["full_attention"] * layers, ["sliding_attention"] * layers]
    if name == "attention_types":
        return [[[["global"], layers]], [[["local"], layers]]]
    if name == "attention_layers":
        return [["global"] * layers, ["local"] * layers]
    if name == "mlp_only_layers":
        return [[0], list(range(layers))]
    if name == "no_rope_layers":
        return [[0] * layers, [1] * layers]
    if name == "norm_type":
        return ["layernorm", "rmsnorm"]
    if name in ("id2label", "label2id", "architectures", "problem_type", "dtype", "summary_type", "init_device", "attn_impl"):
        return {"id2label": [{"0": "x"}], "label2id": [{"x": 0}], "architectures": [["Other"]], "dtype": ["bfloat16"],
                "problem_type": ["regression"], "summary_type": ["last"], "init_device": ["meta"],
                "attn_impl": ["flash"]}[name]
    if name in OLD and value is None and OLD[name] is not None:
        return [OLD[name]]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [v for v in (value + 1, value - 1, value * 2, 3) if v >= 0 and v != value]
    if isinstance(value, float):
        return [value * 1.5 + 0.125]
    if value is None:
        return [True, False, 3, 0.5]
    if isinstance(value, str):
        return ["other"]
    return []


def getattr_or(config, name):
    return config.get(name) if isinstance(config, dict) else getattr(config, name, None)


def ropes(key, value, base):
    """Other rotary settings; the old key says `type` and keeps the base outside."""
    pairs = base["pairs"]
    inner = value if isinstance(value, dict) else {}
    theta = {} if key == "rope_scaling" else {"rope_theta": inner.get("rope_theta", 100.0)}
    kept = {k: v for k, v in inner.items() if k == "partial_rotary_factor"}
    kind = "type" if key == "rope_scaling" else "rope_type"
    if key == "rope_parameters" and inner and all(isinstance(v, dict) for v in inner.values()):
        return [{k: {"rope_type": "default", "rope_theta": 50.0} for k in inner},
                {k: {"rope_type": "linear", "factor": 2.0, "rope_theta": 50.0} for k in inner}]
    scaled = [
        {kind: "linear", "factor": 2.0},
        {kind: "dynamic", "factor": 2.0},
        {kind: "yarn", "factor": 2.0, "original_max_position_embeddings": 8},
        {kind: "llama3", "factor": 2.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
         "original_max_position_embeddings": 8},
        {kind: "longrope", "short_factor": [1.5] * pairs, "long_factor": [2.5] * pairs, "factor": 2.0,
         "original_max_position_embeddings": 8},
    ]
    plain = [] if key == "rope_scaling" else [{kind: "default", "rope_theta": 50.0, **kept}]
    partial = [] if key == "rope_scaling" else [{kind: "default", **theta, "partial_rotary_factor": 0.5}]
    return plain + [{**s, **theta, **kept} for s in scaled] + partial


# --- what they do ------------------------------------------------------------------------------------------------


def base(directory):
    config = AutoConfig.from_pretrained(directory)
    tokens = load_file(directory / "expected.safetensors")["tokens/long"].tolist()
    with lifted():
        model, info = load(directory)
        logits = run(model, tokens)[0]
    heads = config.num_attention_heads
    width = getattr(config, "head_dim", None) or config.hidden_size // heads
    theta = getattr(config, "rope_parameters", None) or {}
    share = theta.get("partial_rotary_factor", 1.0) if isinstance(theta, dict) else 1.0
    return {
        "unexpected": set(info["unexpected_keys"]), "directory": directory, "config": config.to_dict(), "written": json.loads((directory / "config.json").read_text()),
        "tokens": tokens, "logits": logits, "layers": config.num_hidden_layers, "pairs": int(width * (share or 1.0)) // 2,
    }


def load(directory):
    config = AutoConfig.from_pretrained(directory)
    auto = AutoModelForMaskedLM if config.model_type in ENCODERS else AutoModelForCausalLM
    model, info = auto.from_pretrained(
        directory, config=config, dtype=torch.float64, attn_implementation="eager", experts_implementation="eager",
        output_loading_info=True, ignore_mismatched_sizes=True,
    )
    return model.eval(), info


def effect(base, key, value):
    with tempfile.TemporaryDirectory() as scratch:
        directory = Path(scratch)
        for file in base["directory"].glob("model*"):
            shutil.copy(file, directory)
        written = json.loads(json.dumps(base["written"]))
        target = written
        *parents, name = key.split(".")
        for parent in parents:
            target = target.setdefault(parent, {})
        target[name] = value
        (directory / "config.json").write_text(json.dumps(written))
        try:
            with lifted():
                model, info = load(directory)
                if info["missing_keys"] or info["mismatched_keys"] or set(info["unexpected_keys"]) - base["unexpected"]:
                    return {"effect": "parameters"}
                logits = run(model, base["tokens"])[0]
        except Exception as trouble:  # whatever transformers says: the value is not one that it takes
            return {"effect": "error", "said": f"{type(trouble).__name__}: {str(trouble).splitlines()[0][:90]}"}
    if logits.shape != base["logits"].shape:
        return {"effect": "parameters"}
    moved = (logits - base["logits"]).abs().max().item()
    if not moved > 1e-9:
        return {"effect": "none"}
    return {"effect": "logits", "logits": [logits[p, t].item() for p in POSITIONS for t in TOKENS]}


def as_text(record):
    """JSON with one line for each value tried."""
    lines = []
    for key, entry in record["keys"].items():
        head = {k: v for k, v in entry.items() if k != "tried"}
        tried = ",\n    ".join(json.dumps(t) for t in entry["tried"])
        lines.append(f"  {json.dumps(key)}: {json.dumps(head)[:-1]}, \"tried\": [\n    {tried}]}}")
    body = ",\n".join(lines)
    return (
        f'{{"family": {json.dumps(record["family"])}, "transformers": {json.dumps(record["transformers"])},\n'
        f' "positions": {json.dumps(POSITIONS)}, "tokens": {json.dumps(TOKENS)},\n "keys": {{\n{body}\n }}}}\n'
    )


if __name__ == "__main__":
    main(sys.argv[1:])
