"""Writes tests/src/test/resources/sites: what every site of a tiny GPT-2 holds, and what halving it does, by TransformerLens.

Where TransformerLens has no hook (the input of attention and of the MLP) the output of its norm is read and edited.
"""

from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

from make_interventions import MODEL, RESOURCES, hooked_transformer

OUT = RESOURCES / "sites"
POSITIONS = 7
HALF = 0.5
# the site in the experiment language, TransformerLens' hook or module
ONCE = {"embed": "hook_embed", "pos_embed": "hook_pos_embed", "final_norm": "ln_final"}
PER_LAYER = {
    "resid_pre": "hook_resid_pre", "attn_in": "ln1", "q": "attn.hook_q", "k": "attn.hook_k", "v": "attn.hook_v",
    "scores": "attn.hook_attn_scores", "pattern": "attn.hook_pattern", "z": "attn.hook_z",
    "head_out": "attn.hook_result", "attn_out": "hook_attn_out", "resid_mid": "hook_resid_mid", "mlp_in": "ln2",
    "mlp_pre": "mlp.hook_pre", "mlp_post": "mlp.hook_post", "mlp_out": "hook_mlp_out",
    "resid_post": "hook_resid_post",
}


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    hf = AutoModelForCausalLM.from_pretrained(
        RESOURCES / "conformance" / MODEL, dtype=torch.float64, attn_implementation="eager"
    ).eval()
    lens = hooked_transformer(hf)
    lens.set_use_attn_result(True)
    tokens = torch.randint(4, hf.config.vocab_size, (1, POSITIONS), generator=torch.Generator().manual_seed(11))
    plain = lens(tokens)[0]
    assert (plain - hf(tokens).logits[0]).abs().max() < 1e-9
    out = {"tokens": tokens[0], "value/logits": plain}
    for site, name in ONCE.items():
        out[f"value/{site}"], out[f"halved/{site}"] = visit(lens, tokens, name)
    for site, name in PER_LAYER.items():
        layers = [visit(lens, tokens, f"blocks.{layer}.{name}") for layer in range(lens.cfg.n_layers)]
        out[f"value/{site}"], out[f"halved/{site}"] = (torch.stack(both) for both in zip(*layers))
    for name, tensor in out.items():
        assert name == "value/scores" or name == "tokens" or tensor.isfinite().all(), name
        assert not name.startswith("halved/") or (tensor - plain).abs().max() > 1e-3, f"{name} changes nothing"
    OUT.mkdir(exist_ok=True)
    save_file({name: tensor.contiguous().clone() for name, tensor in out.items()}, OUT / "expected.safetensors")
    (OUT / "expected.safetensors").chmod(0o644)


def visit(lens, tokens, name):
    """What a hook or a module puts out, and the logits [pos, vocab] if that is halved."""
    module = lens.get_submodule(name)
    seen = []
    handle = module.register_forward_hook(lambda module, args, output: seen.append(output[0].clone()))
    lens(tokens)
    handle.remove()
    handle = module.register_forward_hook(lambda module, args, output: output * HALF)
    logits = lens(tokens)[0]
    handle.remove()
    assert all(torch.equal(seen[0], again) for again in seen), name  # the norm runs once each for q, k and v
    return seen[0], logits


if __name__ == "__main__":
    main()
