"""The Gemma generations."""

import layouts
from case import Case, rope

CASES = [
    # --- Gemma
    Case(
        "gemma-gqa",
        "gemma",
        dict(
            vocab_size=42, hidden_size=20, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
            intermediate_size=22, head_dim=8, max_position_embeddings=64, **rope(rope_theta=100.0),
        ),
        ["RMS 1 + w", "embeddings times sqrt(d_model)", "heads x head_dim more than d_model", "tied"],
        ["RMS norm multiplies by 1 + weight", "head_dim absent means 256",
         "in bfloat16 sqrt(d_model) is rounded to bfloat16; here it is not"],
        [dict(hidden_act="gelu"), dict(rms_norm_eps=1e-2)],
    ),
    Case(
        "gemma-hub-layout",
        "gemma",
        dict(
            vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
            intermediate_size=20, head_dim=6, attention_bias=True, tie_word_embeddings=False,
            max_position_embeddings=64, **rope(rope_theta=10000.0),
        ),
        ["hidden_act gelu, as google/gemma-2b says, which means the tanh form", "attention_bias", "untied",
         "one kv head", "bfloat16"],
        ["hidden_act gelu is read as gelu_pytorch_tanh in Gemma; hidden_activation is not read"],
        [dict(hidden_act="gelu")],
        config_edit=layouts.gemma1_config,
        dtype="bfloat16",
    ),
    # --- Gemma 2
    Case(
        "gemma2-caps",
        "gemma2",
        dict(
            vocab_size=42, hidden_size=20, num_hidden_layers=3, num_attention_heads=2, num_key_value_heads=1,
            intermediate_size=24, head_dim=12, sliding_window=3, query_pre_attn_scalar=7,
            attn_logit_softcapping=1.5, final_logit_softcapping=2.5, max_position_embeddings=64,
            **rope(rope_theta=10000.0),
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
            **rope(rope_theta=100.0),
        ),
        ["layer_types given, other than the default pattern", "no soft caps (null)", "attention_bias", "untied",
         "hidden_act in config.json says something else than hidden_activation"],
        ["hidden_act is ignored", "attn_logit_softcapping absent means 50 and final_logit_softcapping 30; null means none"],
        [dict(layer_types=["sliding_attention", "full_attention"]), dict(sliding_window=3)],
        config_edit=layouts.gemma_config,
    ),
    # --- Gemma 3, text
    Case(
        "gemma3_text-bases",
        "gemma3_text",
        dict(
            vocab_size=40, hidden_size=18, num_hidden_layers=3, num_attention_heads=3, num_key_value_heads=1,
            intermediate_size=16, head_dim=8, sliding_window=3, query_pre_attn_scalar=5, max_position_embeddings=64,
            layer_types=["sliding_attention", "full_attention", "sliding_attention"],
            rope_parameters={
                "full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000.0},
                "sliding_attention": {"rope_type": "default", "rope_theta": 50.0},
            },
        ),
        ["rotary bases and scaling by layer type", "window 3 on layers 0 and 2", "q and k norms 1 + w over d_head",
         "query_pre_attn_scalar not head_dim", "pre- and post-norms", "tied"],
        ["transformers ignores attn_logit_softcapping here", "final_logit_softcapping absent means none, unlike Gemma 2",
         "the activation is read from hidden_activation",
         "transformers 5 writes _sliding_window_pattern, which means nothing beside layer_types"],
        [dict(query_pre_attn_scalar=8), dict(sliding_window=4),
         dict(rope_parameters={"full_attention": {"rope_type": "default", "rope_theta": 1000.0},
                               "sliding_attention": {"rope_type": "default", "rope_theta": 50.0}}),
         dict(rope_parameters={"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000.0},
                               "sliding_attention": {"rope_type": "default", "rope_theta": 1000.0}})],
    ),
    Case(
        "gemma3_text-hub-layout",
        "gemma3_text",
        dict(
            vocab_size=40, hidden_size=16, num_hidden_layers=3, num_attention_heads=2, num_key_value_heads=1,
            intermediate_size=14, head_dim=6, sliding_window=4, query_pre_attn_scalar=6, max_position_embeddings=64,
            final_logit_softcapping=2.0, layer_types=["sliding_attention", "full_attention", "sliding_attention"],
            rope_parameters={
                "full_attention": {"rope_type": "default", "rope_theta": 1000.0},
                "sliding_attention": {"rope_type": "default", "rope_theta": 100.0},
            },
        ),
        ["rope_theta, rope_local_base_freq and sliding_window_pattern in config.json, as google/gemma-3-1b-pt",
         "a soft cap on the logits"],
        ["sliding_window_pattern n: every n-th layer is full; absent means 6",
         "rope_theta absent means 1000000 and rope_local_base_freq 10000"],
        [dict(final_logit_softcapping=None), dict(layer_types=["sliding_attention"] * 3)],
        config_edit=layouts.gemma3_config,
    ),
]
