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


def gemma1_config(config):
    config["hidden_act"] = "gelu"
    return rope_scaling_config(config)


def gemma3_config(config):
    rope = config.pop("rope_parameters")
    config["rope_theta"] = rope["full_attention"]["rope_theta"]
    config["rope_local_base_freq"] = rope["sliding_attention"]["rope_theta"]
    config["rope_scaling"] = None
    config["sliding_window_pattern"] = 2
    del config["layer_types"], config["_sliding_window_pattern"]
    return _older(config)


def qwen2_config(config):
    del config["layer_types"]
    if not config["use_sliding_window"]:
        config["sliding_window"] = 3
    return rope_scaling_type_config(config)


def smollm3_config(config):
    del config["layer_types"], config["no_rope_layers"]
    return rope_scaling_config(config)


def partial_rotary_config(config):
    config["partial_rotary_factor"] = config["rope_parameters"].pop("partial_rotary_factor")
    return rope_scaling_config(config)


def phi3_config(config):
    config = partial_rotary_config(config)
    for key in ("factor", "attention_factor", "original_max_position_embeddings"):
        config["rope_scaling"].pop(key, None)
    config["rope_scaling"]["type"] = config["rope_scaling"].pop("rope_type")
    return config


def gpt2_config(config):
    config["n_ctx"] = config["n_positions"]
    config["task_specific_params"] = {"text-generation": {"do_sample": True, "max_length": 50}}
    for key in ("add_cross_attention", "tie_word_embeddings", "use_cache", "reorder_and_upcast_attn", "n_inner"):
        del config[key]
    return _older(config)


def gpt2_weights(tensors):
    tensors = without_transformer_prefix(tensors)
    for layer in range(2):
        tensors[f"h.{layer}.attn.bias"] = torch.tril(torch.ones(1, 1, 16, 16))
    return tensors


def without_transformer_prefix(tensors):
    return {name.removeprefix("transformer."): tensor for name, tensor in tensors.items()}


def gpt_neo_weights(tensors):
    for layer in range(2):
        tensors[f"transformer.h.{layer}.attn.attention.bias"] = torch.tril(torch.ones(1, 1, 12, 12))
        tensors[f"transformer.h.{layer}.attn.attention.masked_bias"] = torch.tensor(-1e9)
    return tensors


def gptj_weights(tensors):
    for layer in range(2):
        tensors[f"transformer.h.{layer}.attn.bias"] = torch.tril(torch.ones(1, 1, 16, 16, dtype=torch.bool))
        tensors[f"transformer.h.{layer}.attn.masked_bias"] = torch.tensor(-1e9, dtype=torch.float32)
    return tensors


def bloom_config(config):
    config["n_embed"] = config.pop("hidden_size")
    config["num_attention_heads"] = config.pop("n_head")
    del config["slow_but_exact"], config["tie_word_embeddings"]
    config |= {
        "attention_softmax_in_fp32": True, "bias_dropout_fusion": True, "masked_softmax_fusion": True, "n_inner": None,
        "offset_alibi": 100, "seq_length": 2048, "skip_bias_add": True, "skip_bias_add_qkv": False,
    }
    return _older(config)


def falcon_config(config):
    config.pop("rope_parameters", None)
    for key in ("activation", "num_ln_in_parallel_attn", "max_position_embeddings", "num_kv_heads"):
        del config[key]
    config["apply_residual_connection_post_layernorm"] = False
    return _older(config)


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


def bert_config(config):
    config["gradient_checkpointing"], config["position_embedding_type"] = False, "absolute"
    config["architectures"] = ["BertForPreTraining"]
    for key in ("add_cross_attention", "is_decoder", "tie_word_embeddings", "use_cache", "bos_token_id", "eos_token_id"):
        del config[key]
    return _older(config)


def bert_weights(tensors):
    """As bert-base-uncased: older norm names, and heads and buffers that a masked-token model does not use."""
    renamed = {}
    for name, tensor in tensors.items():
        name = name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")
        renamed[name] = tensor
    width = 16
    return renamed | {
        "bert.embeddings.position_ids": torch.arange(width)[None].clone(),
        "bert.pooler.dense.weight": torch.ones(width, width),
        "bert.pooler.dense.bias": torch.ones(width),
        "cls.seq_relationship.weight": torch.ones(2, width),
        "cls.seq_relationship.bias": torch.ones(2),
    }


def _older(config):
    config["torch_dtype"] = config.pop("dtype")
    config["transformers_version"] = "4.40.0"
    return config
