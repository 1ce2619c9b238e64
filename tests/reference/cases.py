"""The table of conformance cases: one family, one tiny awkward configuration each.

`family` is transformers' model_type. `config` is given to its config class. `tests` says what is awkward.
`surprises` records what a reader of config.json would not guess. `matters` lists config changes that must change the
logits, which proves that the fixture can see the setting at all.
"""

from dataclasses import dataclass, field
from typing import Callable

import layouts


@dataclass(frozen=True)
class Case:
    name: str
    family: str
    config: dict
    tests: list
    surprises: list = field(default_factory=list)
    matters: list = field(default_factory=list)
    dtype: str = "float32"
    shard: str | None = None  # max_shard_size
    config_edit: Callable = lambda config: config  # rewrites config.json as an older transformers wrote it
    weights_edit: Callable = lambda tensors: tensors  # renames tensors as an older checkpoint has them
    without_effect: tuple = ()  # parameters that cannot change the logits, by the mathematics of the model


def _rope(**kwargs):
    return {"rope_parameters": {"rope_type": "default", **kwargs}}


ROPE = "transformers 5 writes rope_parameters; hub checkpoints have rope_theta and rope_scaling: both must be read"

CASES = [
    # --- GPT-2 ---------------------------------------------------------------------------------------------------
    Case(
        "gpt2-plain",
        "gpt2",
        dict(vocab_size=43, n_positions=16, n_embd=20, n_layer=3, n_head=4, n_inner=28),
        ["odd widths", "n_inner not 4 x n_embd", "tied unembedding", "weights stored [in, out]"],
        ["n_inner null means 4 x n_embd"],
        [dict(activation_function="gelu"), dict(layer_norm_epsilon=1e-2)],
    ),
    Case(
        "gpt2-scaled",
        "gpt2",
        dict(
            vocab_size=41, n_positions=12, n_embd=18, n_layer=2, n_head=3, activation_function="relu",
            scale_attn_by_inverse_layer_idx=True, tie_word_embeddings=False, layer_norm_epsilon=1e-3,
        ),
        ["scores divided by layer + 1", "untied unembedding", "relu", "large epsilon", "n_inner null"],
        matters=[dict(scale_attn_by_inverse_layer_idx=False), dict(scale_attn_weights=False)],
    ),
    Case(
        "gpt2-hub-layout",
        "gpt2",
        dict(vocab_size=40, n_positions=16, n_embd=16, n_layer=2, n_head=2, scale_attn_weights=False),
        ["unscaled scores", "names without `transformer.`, causal mask buffers in the file, as openai-community/gpt2",
         "config.json as transformers 4 wrote it"],
        ["h.L.attn.bias is a [1, 1, 16, 16] mask, not a parameter: it must be ignored"],
        [dict(scale_attn_weights=True)],
        config_edit=layouts.gpt2_config,
        weights_edit=layouts.gpt2_weights,
    ),
    # --- GPT-NeoX ------------------------------------------------------------------------------------------------
    Case(
        "gpt_neox-parallel",
        "gpt_neox",
        dict(
            vocab_size=44, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=36,
            max_position_embeddings=32, **_rope(rope_theta=100.0, partial_rotary_factor=0.5),
        ),
        ["parallel block with two norms", "rotary on 4 of 8 dims, half-split", "fused QKV [head, q k v, d_head]"],
        ["partial_rotary_factor defaults to 0.25 (rotary_pct)", "hidden_act gelu is the exact erf form"],
        [dict(use_parallel_residual=False), dict(hidden_act="gelu_new"), _rope(rope_theta=100.0)],
    ),
    Case(
        "gpt_neox-sequential",
        "gpt_neox",
        dict(
            vocab_size=40, hidden_size=20, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
            use_parallel_residual=False, attention_bias=False, tie_word_embeddings=True, hidden_act="gelu_new",
            max_position_embeddings=16,
            **_rope(rope_type="linear", factor=2.0, rope_theta=1000.0, partial_rotary_factor=1.0),
        ),
        ["sequential block", "no attention bias", "tied", "rotary on all dims, linear scaling", "sharded"],
        matters=[dict(use_parallel_residual=True), _rope(rope_theta=1000.0, partial_rotary_factor=1.0)],
        shard="12KB",
    ),
    Case(
        "gpt_neox-pythia-layout",
        "gpt_neox",
        dict(
            vocab_size=40, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
            max_position_embeddings=16, **_rope(rope_theta=10000.0, partial_rotary_factor=0.25),
        ),
        ["rotary_pct 0.25 and rotary_emb_base in config.json", "mask and inv_freq buffers in the file", "float16"],
        ["attention.bias is a mask buffer and not the bias of a projection"],
        config_edit=layouts.pythia_config,
        weights_edit=layouts.pythia_weights,
        dtype="float16",
    ),
    # --- Llama ---------------------------------------------------------------------------------------------------
    Case(
        "llama-gqa",
        "llama",
        dict(
            vocab_size=41, hidden_size=20, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2,
            intermediate_size=14, head_dim=10, rms_norm_eps=1e-3, max_position_embeddings=64,
            **_rope(rope_theta=10000.0),
        ),
        ["head_dim 10 with d_model / heads 5", "grouped kv heads", "large epsilon"],
        [ROPE],
        [_rope(rope_theta=500.0), dict(rms_norm_eps=1e-6), dict(hidden_act="gelu")],
    ),
    Case(
        "llama-llama3",
        "llama",
        dict(
            vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, num_key_value_heads=1,
            intermediate_size=18, tie_word_embeddings=True, max_position_embeddings=128,
            **_rope(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                    original_max_position_embeddings=32, rope_theta=300.0),
        ),
        ["llama3 rotary scaling with frequencies in all three bands", "one kv head", "tied", "bfloat16",
         "config.json with rope_theta and rope_scaling"],
        matters=[_rope(rope_theta=300.0)],
        dtype="bfloat16",
        config_edit=layouts.rope_scaling_config,
    ),
    Case(
        "llama-biases",
        "llama",
        dict(
            vocab_size=40, hidden_size=20, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
            attention_bias=True, mlp_bias=True, hidden_act="gelu_pytorch_tanh", max_position_embeddings=32,
            **_rope(rope_type="linear", factor=4.0, rope_theta=10000.0),
        ),
        ["attention_bias and mlp_bias", "linear rotary scaling", "tanh gelu", "sharded"],
        ["num_key_value_heads null means num_attention_heads", "attention_bias also gives o_proj a bias"],
        [_rope(rope_theta=10000.0)],
        shard="12KB",
    ),
    Case(
        "llama-dynamic",
        "llama",
        dict(
            vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=2,
            intermediate_size=24, max_position_embeddings=8,
            **_rope(rope_type="dynamic", factor=3.0, rope_theta=100.0),
        ),
        ["dynamic NTK scaling: prompts a, b (7 tokens) are below max_position_embeddings 8, long (11) is above",
         "config.json with rope_scaling.type, the older key"],
        ["the base depends on the length of the sequence that is run; transformers keeps the stretched base for later "
         "sequences of a length between: here every run starts fresh"],
        [_rope(rope_theta=100.0)],
        config_edit=layouts.rope_scaling_type_config,
    ),
    Case(
        "llama-yarn",
        "llama",
        dict(
            vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
            intermediate_size=16, max_position_embeddings=64,
            **_rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0,
                    beta_fast=2.0, beta_slow=0.5),
        ),
        ["YaRN with a ramp inside the rotary dims", "cos and sin multiplied by 0.1 ln(factor) + 1"],
        ["attention_factor null means 0.1 ln(factor) + 1", "beta_fast 32 and beta_slow 1 where absent"],
        [_rope(rope_theta=50.0),
         _rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0)],
    ),
    Case(
        "llama-yarn-mscale",
        "llama",
        dict(
            vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
            head_dim=12, max_position_embeddings=64,
            **_rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0, beta_fast=3.0,
                    beta_slow=0.3, mscale=1.5, mscale_all_dim=0.5, truncate=False),
        ),
        ["YaRN with mscale, mscale_all_dim and truncate false"],
        matters=[
            _rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0, beta_fast=3.0,
                  beta_slow=0.3, mscale=1.5, mscale_all_dim=0.5),
            _rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0, beta_fast=3.0,
                  beta_slow=0.3, truncate=False)],
    ),
    # --- Mistral -------------------------------------------------------------------------------------------------
    Case(
        "mistral-window",
        "mistral",
        dict(
            vocab_size=42, hidden_size=24, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
            intermediate_size=20, head_dim=8, sliding_window=3, max_position_embeddings=64,
            **_rope(rope_theta=1000.0),
        ),
        ["sliding window 3 with prompts of 7 and 11", "head_dim 8 with d_model / heads 6"],
        ["a window of w lets a position see itself and w - 1 before it"],
        [dict(sliding_window=4), dict(sliding_window=None)],
    ),
    Case(
        "mistral-full",
        "mistral",
        dict(
            vocab_size=40, hidden_size=20, num_hidden_layers=2, num_attention_heads=5, num_key_value_heads=1,
            intermediate_size=24, sliding_window=None, tie_word_embeddings=True, max_position_embeddings=64,
            **_rope(rope_theta=1000000.0),
        ),
        ["no window (null)", "one kv head for five heads", "tied", "config.json with rope_theta, no head_dim key"],
        ["sliding_window absent means 4096, null means none"],
        config_edit=layouts.mistral_config,
    ),
    # --- Gemma 2 -------------------------------------------------------------------------------------------------
    Case(
        "gemma2-caps",
        "gemma2",
        dict(
            vocab_size=42, hidden_size=20, num_hidden_layers=3, num_attention_heads=2, num_key_value_heads=1,
            intermediate_size=24, head_dim=12, sliding_window=3, query_pre_attn_scalar=7,
            attn_logit_softcapping=1.5, final_logit_softcapping=2.5, max_position_embeddings=64,
            **_rope(rope_theta=10000.0),
        ),
        ["soft caps on scores and logits that bite", "window on layers 0 and 2", "query_pre_attn_scalar not head_dim",
         "pre- and post-norms", "RMS 1 + w", "embeddings times sqrt(d_model)", "tied"],
        ["layer_types absent: even layers slide, odd layers are full", "RMS norm multiplies by 1 + weight",
         "the mask comes after the soft cap", "the activation is read from hidden_activation, not hidden_act",
         "query_pre_attn_scalar absent means 256"],
        [dict(attn_logit_softcapping=None), dict(final_logit_softcapping=None), dict(query_pre_attn_scalar=12),
         dict(sliding_window=4), dict(layer_types=["full_attention"] * 3)],
    ),
    Case(
        "gemma2-layers",
        "gemma2",
        dict(
            vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
            intermediate_size=20, head_dim=6, sliding_window=4, query_pre_attn_scalar=6, attention_bias=True,
            attn_logit_softcapping=None, final_logit_softcapping=None, tie_word_embeddings=False,
            layer_types=["full_attention", "sliding_attention"], max_position_embeddings=64,
            **_rope(rope_theta=100.0),
        ),
        ["layer_types given, other than the default pattern", "no soft caps (null)", "attention_bias", "untied",
         "hidden_act in config.json says something else than hidden_activation"],
        ["hidden_act is ignored", "attn_logit_softcapping absent means 50 and final_logit_softcapping 30; null means none"],
        [dict(layer_types=["sliding_attention", "full_attention"]), dict(sliding_window=3)],
        config_edit=layouts.gemma_config,
    ),
]
