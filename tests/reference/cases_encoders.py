"""Encoders with a masked-token head."""

import layouts
from case import Case

KEYS = ("key.bias", "k_lin.bias")  # a key's bias adds the same to all scores of a row, and softmax does not see it

CASES = [
    Case(
        "bert-plain",
        "bert",
        dict(
            vocab_size=41, hidden_size=20, num_hidden_layers=2, num_attention_heads=4, intermediate_size=26,
            max_position_embeddings=16, type_vocab_size=2,
        ),
        ["norms after the additions", "token types (all 0)", "head with its own dense, gelu and norm", "tied with a bias"],
        ["layer_norm_eps is 1e-12", "no final norm: resid_post of the last layer is the hidden state",
         "pad_token_id in the prompt is a token like any other where no mask is given"],
        [dict(hidden_act="gelu_new"), dict(layer_norm_eps=1e-2)],
        without_effect=KEYS,
        prompts={"long": {5: 0}},
    ),
    Case(
        "bert-hub-layout",
        "bert",
        dict(
            vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=18,
            max_position_embeddings=16, type_vocab_size=2, hidden_act="relu", layer_norm_eps=1e-3,
        ),
        ["LayerNorm.gamma and beta, pooler and next-sentence head in the file, position_ids buffer, as bert-base-uncased",
         "relu", "large epsilon"],
        ["the head's activation is hidden_act too"],
        config_edit=layouts.bert_config,
        weights_edit=layouts.bert_weights,
        without_effect=KEYS,
    ),
    Case(
        "distilbert-plain",
        "distilbert",
        dict(
            vocab_size=41, dim=18, n_layers=2, n_heads=3, hidden_dim=24, max_position_embeddings=16,
        ),
        ["no token types", "dim, hidden_dim, n_layers and n_heads", "tied with a bias"],
        ["the norm epsilon is 1e-12 and not in config.json", "activation is the MLP's and the head's"],
        [dict(activation="relu")],
        without_effect=KEYS,
    ),
    Case(
        "distilbert-untied",
        "distilbert",
        dict(
            vocab_size=40, dim=16, n_layers=3, n_heads=2, hidden_dim=14, max_position_embeddings=12,
            activation="relu", tie_word_embeddings=False, sinusoidal_pos_embds=True,
        ),
        ["untied", "relu", "sinusoidal_pos_embds", "bfloat16"],
        ["sinusoidal_pos_embds only says how training began: the positions are in the file and are read from it"],
        dtype="bfloat16",
        without_effect=KEYS,
    ),
    Case(
        "roberta-plain",
        "roberta",
        dict(
            vocab_size=41, hidden_size=20, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
            max_position_embeddings=18, type_vocab_size=1, pad_token_id=1, layer_norm_eps=1e-5,
        ),
        ["positions start at pad_token_id + 1", "one token type", "tied with a bias"],
        ["position p uses row p + pad_token_id + 1, so max_position_embeddings 18 holds 16 tokens",
         "the head's activation is exact gelu whatever hidden_act says"],
        [dict(hidden_act="relu"), dict(pad_token_id=2)],
        without_effect=KEYS,
    ),
    Case(
        "roberta-padding-token",
        "roberta",
        dict(
            vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=18,
            max_position_embeddings=16, type_vocab_size=2, pad_token_id=0, hidden_act="relu",
        ),
        ["a padding token inside prompts a and long", "pad_token_id 0", "relu in the MLP, gelu in the head"],
        ["a padding token takes row pad_token_id of the positions and the count does not advance over it, but it is "
         "attended to like any other where no mask is given"],
        without_effect=KEYS,
        prompts={"a": {2: 0}, "long": {3: 0, 9: 0}},
    ),
]
