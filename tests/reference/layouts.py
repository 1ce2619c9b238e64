"""Rewrites what transformers 5 saves into what older checkpoints on the hub look like."""

import torch


def rope_scaling_config(config, type_key="rope_type"):
    """rope_parameters -> rope_theta and rope_scaling, as transformers 4 wrote them."""
    rope = dict(config.pop("rope_parameters"))
    config["rope_theta"] = rope.pop("rope_theta")
    kind = rope.pop("rope_type")
    config["rope_scaling"] = None if kind == "default" else {type_key: kind, **rope}
    return _older(config)


def rope_scaling_type_config(config):
    return rope_scaling_config(config, type_key="type")


def mistral_config(config):
    del config["head_dim"]
    return rope_scaling_config(config)


def gemma_config(config):
    """Gemma 2's own config.json carries both activation keys; transformers reads hidden_activation."""
    config["hidden_act"] = "gelu"
    config["cache_implementation"] = "hybrid"
    return rope_scaling_config(config)


def gpt2_config(config):
    config["n_ctx"] = config["n_positions"]
    config["task_specific_params"] = {"text-generation": {"do_sample": True, "max_length": 50}}
    for key in ("add_cross_attention", "tie_word_embeddings", "use_cache", "reorder_and_upcast_attn", "n_inner"):
        del config[key]
    return _older(config)


def gpt2_weights(tensors):
    tensors = {name.removeprefix("transformer."): tensor for name, tensor in tensors.items()}
    for layer in range(2):
        tensors[f"h.{layer}.attn.bias"] = torch.tril(torch.ones(1, 1, 16, 16))
    return tensors


def pythia_config(config):
    rope = config.pop("rope_parameters")
    config["rotary_emb_base"], config["rotary_pct"] = int(rope["rope_theta"]), rope["partial_rotary_factor"]
    del config["attention_bias"]
    return _older(config)


def pythia_weights(tensors):
    for layer in range(2):
        at = f"gpt_neox.layers.{layer}.attention."
        tensors[at + "bias"] = torch.tril(torch.ones(1, 1, 16, 16, dtype=torch.bool))
        tensors[at + "masked_bias"] = torch.tensor(-1e9)
        tensors[at + "rotary_emb.inv_freq"] = torch.tensor([1.0, 0.01])
    return tensors


def _older(config):
    config["torch_dtype"] = config.pop("dtype")
    config["transformers_version"] = "4.40.0"
    return config
