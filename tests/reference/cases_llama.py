"""Llama and its close relatives: RMS norm, rotary positions, gated MLP."""

import layouts
from case import Case, rope

ROPE = "transformers 5 writes rope_parameters; hub checkpoints have rope_theta and rope_scaling: both must be read"

CASES = [
    # --- Llama
    Case(
        "llama-gqa",
        "llama",
        dict(
            vocab_size=41, hidden_size=20, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2,
            intermediate_size=14, head_dim=10, rms_norm_eps=1e-3, max_position_embeddings=64,
            **rope(rope_theta=10000.0),
        ),
        ["head_dim 10 with d_model / heads 5", "grouped kv heads", "large epsilon"],
        [ROPE],
        [rope(rope_theta=500.0), dict(rms_norm_eps=1e-6), dict(hidden_act="gelu")],
    ),
    Case(
        "llama-llama3",
        "llama",
        dict(
            vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, num_key_value_heads=1,
            intermediate_size=18, tie_word_embeddings=True, max_position_embeddings=128,
            **rope(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                    original_max_position_embeddings=32, rope_theta=300.0),
        ),
        ["llama3 rotary scaling with frequencies in all three bands", "one kv head", "tied", "bfloat16",
         "config.json with rope_theta and rope_scaling"],
        matters=[rope(rope_theta=300.0)],
        dtype="bfloat16",
        config_edit=layouts.rope_scaling_config,
    ),
    Case(
        "llama-biases",
        "llama",
        dict(
            vocab_size=40, hidden_size=20, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
            attention_bias=True, mlp_bias=True, hidden_act="gelu_pytorch_tanh", max_position_embeddings=32,
            **rope(rope_type="linear", factor=4.0, rope_theta=10000.0),
        ),
        ["attention_bias and mlp_bias", "linear rotary scaling", "tanh gelu", "sharded"],
        ["num_key_value_heads null means num_attention_heads", "attention_bias also gives o_proj a bias"],
        [rope(rope_theta=10000.0)],
        shard="12KB",
    ),
    Case(
        "llama-dynamic",
        "llama",
        dict(
            vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=2,
            intermediate_size=24, max_position_embeddings=8,
            **rope(rope_type="dynamic", factor=3.0, rope_theta=100.0),
        ),
        ["dynamic NTK scaling: prompts a, b (7 tokens) are below max_position_embeddings 8, long (11) is above",
         "config.json with rope_scaling.type, the older key"],
        ["the base depends on the length of the sequence that is run; transformers keeps the stretched base for later "
         "sequences of a length between: here every run starts fresh"],
        [rope(rope_theta=100.0)],
        config_edit=layouts.rope_scaling_type_config,
    ),
    Case(
        "llama-yarn",
        "llama",
        dict(
            vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
            intermediate_size=16, max_position_embeddings=64,
            **rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0,
                    beta_fast=2.0, beta_slow=0.5),
        ),
        ["YaRN with a ramp inside the rotary dims", "cos and sin multiplied by 0.1 ln(factor) + 1"],
        ["attention_factor null means 0.1 ln(factor) + 1", "beta_fast 32 and beta_slow 1 where absent"],
        [rope(rope_theta=50.0),
         rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0)],
    ),
    Case(
        "llama-yarn-mscale",
        "llama",
        dict(
            vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
            head_dim=12, max_position_embeddings=64,
            **rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0, beta_fast=3.0,
                    beta_slow=0.3, mscale=1.5, mscale_all_dim=0.5, truncate=False),
        ),
        ["YaRN with mscale, mscale_all_dim and truncate false"],
        matters=[
            rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0, beta_fast=3.0,
                  beta_slow=0.3, mscale=1.5, mscale_all_dim=0.5),
            rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0, beta_fast=3.0,
                  beta_slow=0.3, truncate=False)],
    ),
    # --- Mistral
    Case(
        "mistral-window",
        "mistral",
        dict(
            vocab_size=42, hidden_size=24, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
            intermediate_size=20, head_dim=8, sliding_window=3, max_position_embeddings=64,
            **rope(rope_theta=1000.0),
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
            **rope(rope_theta=1000000.0),
        ),
        ["no window (null)", "one kv head for five heads", "tied", "config.json with rope_theta, no head_dim key"],
        ["sliding_window absent means 4096, null means none"],
        config_edit=layouts.mistral_config,
    ),
    # --- Qwen2
    Case(
        "qwen2-window",
        "qwen2",
        dict(
            vocab_size=41, hidden_size=20, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2,
            intermediate_size=14, use_sliding_window=True, sliding_window=3, max_window_layers=1, head_dim=6,
            max_position_embeddings=64, **rope(rope_theta=100.0),
        ),
        ["q k v biases, no output bias", "layers 1 and 2 slide, layer 0 does not", "head_dim 6 with d_model / heads 5"],
        ["layer_types absent: layers from max_window_layers on slide, where use_sliding_window is true",
         "the biases are not in config.json", "head_dim is not a key of the config class and is read all the same"],
        [dict(sliding_window=4), dict(layer_types=["sliding_attention"] * 3)],
    ),
    Case(
        "qwen2-hub-layout",
        "qwen2",
        dict(
            vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
            intermediate_size=16, tie_word_embeddings=True, use_sliding_window=False, sliding_window=3,
            max_window_layers=0, max_position_embeddings=64,
            **rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=50.0, beta_fast=2.0,
                   beta_slow=0.5),
        ),
        ["use_sliding_window false with sliding_window 3 in config.json: nothing slides", "YaRN", "tied",
         "config.json without layer_types, with rope_theta and rope_scaling.type"],
        ["use_sliding_window false overrides sliding_window and max_window_layers"],
        [rope(rope_theta=50.0)],
        config_edit=layouts.qwen2_config,
    ),
    # --- Qwen3
    Case(
        "qwen3-gqa",
        "qwen3",
        dict(
            vocab_size=40, hidden_size=18, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
            intermediate_size=16, head_dim=8, rms_norm_eps=1e-3, max_position_embeddings=64,
            **rope(rope_theta=100.0),
        ),
        ["RMS norm on q and k over d_head, one for all heads", "head_dim 8, heads x head_dim more than d_model",
         "d_model not a multiple of heads"],
        ["head_dim absent means 128, whatever d_model / heads is", "q and k norms come before the rotation"],
        [dict(rms_norm_eps=1e-6)],
    ),
    Case(
        "qwen3-biases",
        "qwen3",
        dict(
            vocab_size=40, hidden_size=20, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=2,
            intermediate_size=14, head_dim=6, attention_bias=True, tie_word_embeddings=True, use_sliding_window=True,
            sliding_window=4, max_window_layers=1, max_position_embeddings=64, **rope(rope_theta=1000000.0),
        ),
        ["attention_bias", "tied", "layer 1 slides", "head_dim 6 with d_model / heads 10", "config.json with rope_theta"],
        matters=[dict(sliding_window=3)],
        config_edit=layouts.qwen2_config,
    ),
]
