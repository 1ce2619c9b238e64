"""Where the sites of each family are inside transformers' modules.

resid_post[l]  output of block l (its true output: `output_hidden_states` gives the last one after the final norm)
router[l]      scores of a mixture's experts, before the choice; chosen[l] is what transformers chooses by them
z[l]           input of the attention's output projection, [pos, head, d_head]
attn_out[l], mlp_out[l]   what the block adds to the residual stream: behind a post-norm, times a residual multiplier
"""

import sys
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Callable

import torch


@dataclass(frozen=True)
class Sites:
    """Module paths; `o`, `attn` and `mlp` are relative to one block. A site's value is `scale` times the output."""

    layers: str
    o: str
    mlp: str
    attn: str | None = None  # where attn_out is read; None: at the output projection itself
    scale: Callable = lambda config: 1.0
    post_norm: Callable = lambda config: False  # the residual stream itself is normalised after the addition


LLAMA = Sites("model.layers", "self_attn.o_proj", "mlp")
GPT = Sites("transformer.h", "attn.c_proj", "mlp")
SANDWICH = Sites("model.layers", "self_attn.o_proj", "post_feedforward_layernorm", "post_attention_layernorm")


def _bert(prefix):
    return Sites(f"{prefix}.encoder.layer", "attention.output.dense", "output.dense", post_norm=lambda config: True)


SITES = {
    "gpt2": GPT,
    "gpt_bigcode": GPT,
    "gpt_neo": Sites("transformer.h", "attn.attention.out_proj", "mlp"),
    "gptj": Sites("transformer.h", "attn.out_proj", "mlp"),
    "codegen": Sites("transformer.h", "attn.out_proj", "mlp"),
    "gpt_neox": Sites("gpt_neox.layers", "attention.dense", "mlp"),
    "opt": Sites(
        "model.decoder.layers", "self_attn.out_proj", "fc2", post_norm=lambda config: not config.do_layer_norm_before
    ),
    "bloom": Sites(
        "transformer.h",
        "self_attention.dense",
        "mlp.dense_4h_to_h",
        post_norm=lambda config: config.apply_residual_connection_post_layernorm,
    ),
    "mpt": Sites("transformer.blocks", "attn.out_proj", "ffn.down_proj"),
    "falcon": Sites("transformer.h", "self_attention.dense", "mlp"),
    "starcoder2": LLAMA,
    "llama": LLAMA,
    "mistral": LLAMA,
    "mixtral": LLAMA,
    "qwen2": LLAMA,
    "qwen3": LLAMA,
    "qwen3_moe": LLAMA,
    "gemma": LLAMA,
    "gemma2": SANDWICH,
    "gemma3_text": SANDWICH,
    "phi": Sites("model.layers", "self_attn.dense", "mlp"),
    "phi3": LLAMA,
    "stablelm": LLAMA,
    "olmo": LLAMA,
    "olmo2": SANDWICH,
    "cohere": LLAMA,
    "granite": Sites(
        "model.layers", "self_attn.o_proj", "mlp", scale=lambda config: config.residual_multiplier
    ),
    "smollm3": LLAMA,
    "bert": _bert("bert"),
    "roberta": _bert("roberta"),
    "distilbert": Sites(
        "distilbert.transformer.layer", "attention.out_lin", "ffn.lin2", post_norm=lambda config: True
    ),
}


class Hooked:
    """One model with named sites that can be read and edited through plain torch hooks."""

    def __init__(self, model):
        self.model = model
        self.sites = SITES[model.config.model_type]
        self.layers = model.get_submodule(self.sites.layers)
        self.heads = model.config.num_attention_heads
        self.scale = self.sites.scale(model.config)

    def run(self, tokens, edits=()):
        """Returns (logits [pos, vocab], {site.layer: value}, {layer: attention probabilities [head, pos, src]})."""
        values, handles = {}, []
        for layer, block in enumerate(self.layers):
            for site in ("resid_pre", "z", "attn_out", "mlp_out", "resid_post"):
                mine = [e for e in edits if (e.site, e.layer) == (site, layer)]
                handles.append(self._hook(site, block, self._visit(f"{site}.{layer}", site, mine, values)))
            if type(getattr(getattr(block, "mlp", None), "gate", None)).__name__.endswith("TopKRouter"):
                self._route(block.mlp.gate, layer, edits, values)
        try:
            with torch.no_grad():
                out = self.model(input_ids=torch.tensor([tokens]), output_attentions=True, use_cache=False)
        finally:
            for handle in handles:
                handle.remove()
        return out.logits[0], values, {l: a[0] for l, a in enumerate(out.attentions)}

    def _hook(self, site, block, visit):
        if site == "resid_pre":
            return block.register_forward_pre_hook(lambda _, args: (visit(args[0]), *args[1:]))
        if site == "z":
            o = block.get_submodule(self.sites.o)
            return o.register_forward_pre_hook(lambda _, args: (visit(args[0]), *args[1:]))
        path = {"attn_out": self.sites.attn or self.sites.o, "mlp_out": self.sites.mlp, "resid_post": ""}[site]
        return block.get_submodule(path).register_forward_hook(
            lambda _, args, out: (visit(out[0]), *out[1:]) if isinstance(out, tuple) else visit(out)
        )

    def _route(self, gate, layer, edits, values):
        """The gate computes its scores with F.linear and chooses by them in one method: F.linear is where they are edited.

        An expert_out is zeroed by the weight that the gate gives it."""
        router = [e for e in edits if (e.site, e.layer) == ("router", layer)]
        outputs = [e for e in edits if (e.site, e.layer) == ("expert_out", layer)]
        visit = self._visit(f"router.{layer}", "router", router, values)
        own = SimpleNamespace(linear=lambda x, w: visit(torch.nn.functional.linear(x, w)))
        module, forward = sys.modules[type(gate).__module__], gate.forward

        def chosen(hidden):
            kept, module.F = module.F, own
            try:
                logits, scores, indices = forward(hidden)
            finally:
                module.F = kept
            values[f"chosen.{layer}"] = indices
            for edit in outputs:
                assert edit.do == "zero" and edit.positions == "all"
                scores = scores * (indices != edit.expert)
            return logits, scores, indices

        gate.forward = chosen

    def _visit(self, name, site, edits, values):
        scale = self.scale if site in ("attn_out", "mlp_out") else 1.0

        def visit(x):
            value = x.reshape(-1, x.shape[-1]) * scale
            if site == "z":
                value = value.reshape(value.shape[0], self.heads, -1)
            value = value.clone()
            for edit in edits:
                value = edit.apply(value)
            values[name] = value
            return (value / scale).reshape(x.shape) if edits else x

        return visit
