"""Where transformers 5.23 in eager mode differs from itself.

Falcon adds ALiBi to the mask and then to the scores again, so that eager mode has it twice. Its default mode, sdpa, has it
once, and so did the original. Halving makes both additions one; `sdpa_logits` is what they are checked against.
"""

import copy

import torch
from transformers.models.falcon import modeling_falcon

_whole = modeling_falcon.build_alibi_tensor


def install():
    modeling_falcon.build_alibi_tensor = lambda *args, **kwargs: _whole(*args, **kwargs) / 2


def sdpa_logits(model, tokens):
    modeling_falcon.build_alibi_tensor = _whole
    try:
        other = copy.deepcopy(model)
        other.config._attn_implementation = "sdpa"
        assert all(m.config._attn_implementation == "sdpa" for m in other.modules() if hasattr(m, "config"))
        with torch.no_grad():
            return other(input_ids=torch.tensor([tokens])).logits[0]
    finally:
        install()
