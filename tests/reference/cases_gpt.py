"""Families that descend from GPT-2, GPT-J and the ALiBi models."""

import layouts
from case import Case, rope

CASES = [
    # --- GPT-2
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
    # --- GPT-NeoX, Pythia
    Case(
        "gpt_neox-parallel",
        "gpt_neox",
        dict(
            vocab_size=44, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=36,
            max_position_embeddings=32, **rope(rope_theta=100.0, partial_rotary_factor=0.5),
        ),
        ["parallel block with two norms", "rotary on 4 of 8 dims, half-split", "fused QKV [head, q k v, d_head]"],
        ["partial_rotary_factor defaults to 0.25 (rotary_pct)", "hidden_act gelu is the exact erf form"],
        [dict(use_parallel_residual=False), dict(hidden_act="gelu_new"), rope(rope_theta=100.0)],
    ),
    Case(
        "gpt_neox-sequential",
        "gpt_neox",
        dict(
            vocab_size=40, hidden_size=20, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
            use_parallel_residual=False, attention_bias=False, tie_word_embeddings=True, hidden_act="gelu_new",
            max_position_embeddings=16,
            **rope(rope_type="linear", factor=2.0, rope_theta=1000.0, partial_rotary_factor=1.0),
        ),
        ["sequential block", "no attention bias", "tied", "rotary on all dims, linear scaling", "sharded"],
        matters=[dict(use_parallel_residual=True), rope(rope_theta=1000.0, partial_rotary_factor=1.0)],
        shard="12KB",
    ),
    Case(
        "gpt_neox-pythia-layout",
        "gpt_neox",
        dict(
            vocab_size=40, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
            max_position_embeddings=16, **rope(rope_theta=10000.0, partial_rotary_factor=0.25),
        ),
        ["rotary_pct 0.25 and rotary_emb_base in config.json", "mask and inv_freq buffers in the file", "float16"],
        ["attention.bias is a mask buffer and not the bias of a projection"],
        config_edit=layouts.pythia_config,
        weights_edit=layouts.pythia_weights,
        dtype="float16",
    ),
    # --- GPT-Neo
    Case(
        "gpt_neo-local",
        "gpt_neo",
        dict(
            vocab_size=41, hidden_size=18, num_layers=3, num_heads=3, max_position_embeddings=16, window_size=3,
            attention_types=[[["global", "local"], 1], [["local"], 1]], intermediate_size=22,
        ),
        ["global, local, local layers, window 3", "scores are not scaled", "tied", "q k v without bias, output with"],
        ["attention scores are not divided by sqrt(d_head)", "attention_types is run-length coded; attention_layers, "
         "where config.json has it, is the same written out", "a window of w lets a position see itself and w - 1 more"],
        [dict(window_size=4), dict(attention_layers=["global"] * 3), dict(activation_function="gelu")],
    ),
    Case(
        "gpt_neo-untied",
        "gpt_neo",
        dict(
            vocab_size=40, hidden_size=16, num_layers=2, num_heads=2, max_position_embeddings=12, window_size=4,
            attention_types=[[["local", "global"], 1]], activation_function="relu", layer_norm_epsilon=1e-2,
            tie_word_embeddings=False,
        ),
        ["local, global layers, window 4", "untied", "relu", "intermediate_size null", "mask buffers in the file"],
        ["intermediate_size null means 4 x hidden_size", "attn.attention.bias is a mask buffer"],
        [dict(window_size=3)],
        weights_edit=layouts.gpt_neo_weights,
    ),
    # --- GPT-J
    Case(
        "gptj-partial",
        "gptj",
        dict(vocab_size=41, n_positions=16, n_embd=24, n_layer=2, n_head=3, rotary_dim=4, n_inner=26),
        ["parallel block, one norm", "interleaved rotary on 4 of 8 dims", "unembedding with bias, untied",
         "no attention biases"],
        ["rotary frequencies are 10000^(-2i / rotary_dim)", "lm_head has a bias"],
        [dict(rotary_dim=8), dict(activation_function="gelu")],
    ),
    Case(
        "gptj-full",
        "gptj",
        dict(
            vocab_size=40, n_positions=16, n_embd=20, n_layer=2, n_head=2, rotary_dim=10, tie_word_embeddings=True,
            activation_function="relu",
        ),
        ["rotary on all 10 dims", "tied with a bias", "mask buffers in the file", "float16"],
        ["a tied unembedding still has lm_head.bias"],
        [dict(rotary_dim=8)],
        dtype="float16",
        weights_edit=layouts.gptj_weights,
    ),
    # --- CodeGen
    Case(
        "codegen-4-heads",
        "codegen",
        dict(vocab_size=40, n_positions=16, n_ctx=16, n_embd=24, n_layer=2, n_head=4, rotary_dim=4, n_inner=20),
        ["fused QKV in four blocks, each query, value, key", "interleaved rotary on 4 of 6 dims", "parallel block"],
        ["qkv_proj has four blocks whatever n_head is, and inside a block the order is query, value, key"],
        [dict(rotary_dim=6)],
    ),
    Case(
        "codegen-8-heads",
        "codegen",
        dict(
            vocab_size=40, n_positions=16, n_ctx=16, n_embd=16, n_layer=2, n_head=8, rotary_dim=2,
            tie_word_embeddings=True,
        ),
        ["two heads in each of the four QKV blocks", "d_head 2", "tied with a bias", "n_inner null"],
    ),
    # --- GPT-BigCode
    Case(
        "gpt_bigcode-multi-query",
        "gpt_bigcode",
        dict(vocab_size=42, n_positions=16, n_embd=20, n_layer=2, n_head=4, n_inner=26),
        ["one kv head", "fused QKV: all queries, then k, v", "weights stored [out, in], unlike GPT-2", "tied"],
        ["multi_query absent means true"],
        [dict(activation_function="relu"), dict(scale_attn_weights=False)],
    ),
    Case(
        "gpt_bigcode-multi-head",
        "gpt_bigcode",
        dict(
            vocab_size=40, n_positions=16, n_embd=18, n_layer=2, n_head=3, n_inner=20, multi_query=False,
            tie_word_embeddings=False, scale_attn_weights=False, activation_function="gelu",
        ),
        ["multi_query false: QKV is [head, q k v, d_head]", "unscaled scores", "untied", "exact gelu"],
        matters=[dict(scale_attn_weights=True), dict(activation_function="gelu_pytorch_tanh")],
    ),
    # --- OPT
    Case(
        "opt-pre-norm",
        "opt",
        dict(
            vocab_size=41, hidden_size=20, num_hidden_layers=2, ffn_dim=28, num_attention_heads=4,
            max_position_embeddings=16, word_embed_proj_dim=20,
        ),
        ["learned positions with an offset of 2", "relu", "tied"],
        ["position p uses row p + 2 of embed_positions, which has max_position_embeddings + 2 rows",
         "the norm epsilon is 1e-5 and not in config.json",
         "dropout and layerdrop mean nothing at inference",
         "a token that is pad_token_id is a token like any other where no mask is given"],
        [dict(activation_function="gelu")],
        without_effect=("k_proj.bias",),
        prompts={"long": {3: 1}},
    ),
    Case(
        "opt-post-norm",
        "opt",
        dict(
            vocab_size=40, hidden_size=20, num_hidden_layers=2, ffn_dim=22, num_attention_heads=2,
            max_position_embeddings=16, word_embed_proj_dim=12, do_layer_norm_before=False,
        ),
        ["as opt-350m: norms after the additions, no final norm, embeddings of width 12 projected in and out"],
        ["resid_post is behind the block's last norm", "word_embed_proj_dim absent means hidden_size"],
        without_effect=("k_proj.bias",),
    ),
    Case(
        "opt-bare",
        "opt",
        dict(
            vocab_size=40, hidden_size=18, num_hidden_layers=2, ffn_dim=20, num_attention_heads=3,
            max_position_embeddings=16, enable_bias=False, layer_norm_elementwise_affine=False,
            activation_function="gelu", tie_word_embeddings=False, _remove_final_layer_norm=True,
        ),
        ["no biases, norms without parameters (Galactica)", "no final norm", "untied", "exact gelu"],
        matters=[dict(_remove_final_layer_norm=False), dict(activation_function="gelu_new")],
    ),
    # --- BLOOM
    Case(
        "bloom-3-heads",
        "bloom",
        dict(vocab_size=40, hidden_size=18, n_layer=2, n_head=3),
        ["ALiBi with 3 heads, not a power of two", "norm on the embeddings", "fused QKV [head, q k v, d_head]", "tied"],
        ["gelu is the tanh form with the constant 0.79788456, 1e-9 away from sqrt(2 / pi)",
         "ALiBi is slope x key position, added to scaled scores", "the MLP is 4 x hidden_size"],
    ),
    Case(
        "bloom-hub-layout",
        "bloom",
        dict(vocab_size=40, hidden_size=18, n_layer=2, n_head=9, layer_norm_epsilon=1e-3),
        ["ALiBi with 9 heads, slopes that are not powers of two",
         "names without `transformer.`; n_embed and num_attention_heads in config.json, as bigscience/bloom-560m"],
        ["n_embed is hidden_size; n_inner null, offset_alibi, masked_softmax_fusion, skip_bias_add and others mean nothing"],
        config_edit=layouts.bloom_config,
        weights_edit=layouts.without_transformer_prefix,
    ),
    Case(
        "bloom-post-norm-residual",
        "bloom",
        dict(
            vocab_size=40, hidden_size=20, n_layer=2, n_head=2, apply_residual_connection_post_layernorm=True,
            tie_word_embeddings=False,
        ),
        ["the residual is the norm's output", "untied", "bfloat16"],
        matters=[dict(apply_residual_connection_post_layernorm=False)],
        dtype="bfloat16",
    ),
    # --- MPT
    Case(
        "mpt-3-heads",
        "mpt",
        dict(
            vocab_size=42, d_model=18, n_heads=3, n_layers=2, max_seq_len=16,
            attn_config=dict(clip_qkv=0.9, softmax_scale=0.5),
        ),
        ["ALiBi with 3 heads", "clipped q k v", "softmax_scale given", "no biases anywhere", "tied"],
        ["ALiBi is slope x (key position - max_seq_len + 1) and slopes are every second one of the next power of two",
         "transformers ignores expansion_ratio (always 4), no_bias, learned_pos_emb, logit_scale, norm_type and, in "
         "attn_config, alibi, alibi_bias_max (always 8), qk_ln, attn_type, prefix_lm: where they are not the defaults the "
         "original model computes something else, so refuse them"],
        [dict(attn_config=dict(clip_qkv=None, softmax_scale=0.5)), dict(attn_config=dict(clip_qkv=0.9, softmax_scale=None))],
    ),
    Case(
        "mpt-9-heads",
        "mpt",
        dict(
            vocab_size=40, d_model=18, n_heads=9, n_layers=2, max_seq_len=24, layer_norm_epsilon=1e-2,
            tie_word_embeddings=False,
        ),
        ["ALiBi with 9 heads, slopes that are not powers of two", "d_head 2", "max_seq_len far above the prompt", "untied"],
        ["softmax_scale null means 1 / sqrt(d_head)"],
    ),
    # --- Falcon
    Case(
        "falcon-multi-query",
        "falcon",
        dict(
            vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=32,
            ffn_hidden_size=30, **rope(rope_theta=100.0),
        ),
        ["one kv head", "parallel block, one norm for both", "no biases", "rotary half-split", "tied"],
        ["num_kv_heads means nothing here: multi_query true has one kv head", "ffn_hidden_size absent means 4 x hidden_size",
         "tie_word_embeddings absent means true", "activation absent means exact gelu"],
        [rope(rope_theta=10000.0)],
    ),
    Case(
        "falcon-new-decoder",
        "falcon",
        dict(
            vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=4, num_kv_heads=2,
            new_decoder_architecture=True, multi_query=True, bias=True, tie_word_embeddings=False,
            ffn_hidden_size=20, max_position_embeddings=32, **rope(rope_theta=10000.0),
        ),
        ["as falcon-40b: ln_attn and ln_mlp, two kv heads, QKV grouped [kv_head, queries k v, d_head]", "biases", "untied"],
        ["num_ln_in_parallel_attn absent means 2 with new_decoder_architecture", "parallel_attn and multi_query ignored"],
    ),
    Case(
        "falcon-new-decoder-one-norm",
        "falcon",
        dict(
            vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=6, num_kv_heads=3,
            new_decoder_architecture=True, num_ln_in_parallel_attn=1, ffn_hidden_size=20,
            max_position_embeddings=32, **rope(rope_theta=500.0),
        ),
        ["as falcon-11b: new decoder, one norm", "d_head 4", "config.json with rope_theta"],
        config_edit=layouts.rope_scaling_config,
    ),
    Case(
        "falcon-alibi",
        "falcon",
        dict(
            vocab_size=40, hidden_size=27, num_hidden_layers=2, num_attention_heads=9, alibi=True, multi_query=False,
            parallel_attn=False, bias=True, ffn_hidden_size=30, max_position_embeddings=32,
        ),
        ["as falcon-rw-1b: ALiBi with 9 heads (slopes that bfloat16 rounds), d_head 3, sequential block, QKV [head, q k v, d_head], biases"],
        ["ALiBi slopes and slope x key position are each rounded to bfloat16, in every dtype",
         "ALiBi is added before the division by sqrt(d_head), unlike BLOOM",
         "transformers 5.23 in eager mode adds ALiBi twice, in its default mode (sdpa) once: here it is once",
         "hub configs have apply_residual_connection_post_layernorm: false, which means nothing"],
        config_edit=layouts.falcon_config,
    ),
    Case(
        "falcon-multi-head",
        "falcon",
        dict(
            vocab_size=40, hidden_size=20, num_hidden_layers=2, num_attention_heads=5, multi_query=False,
            parallel_attn=True, max_position_embeddings=32, activation="gelu_new", **rope(rope_theta=50.0),
        ),
        ["many kv heads with rotary positions", "tanh gelu"],
        matters=[dict(activation="gelu")],
    ),
]
