"""Writes tests/src/test/resources/interventions: whole sweeps on a tiny GPT-2, computed by TransformerLens.

TransformerLens' HookedTransformer has its own forward pass, so it shares no code with transformers. The patching sweeps
are computed again with plain torch hooks on transformers, and one of them with pyvene; all must agree to 1e-9.
"""

import json
from importlib.metadata import version
from pathlib import Path

import pyvene
import torch
from safetensors.torch import save_file
from transformer_lens import HookedTransformer, HookedTransformerConfig
from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights
from transformers import AutoModelForCausalLM

from edits import Edit
from sites import Hooked

RESOURCES = Path(__file__).resolve().parents[1] / "src/test/resources"
MODEL = "gpt2-plain"
OUT = RESOURCES / "interventions"
ANSWER, FOIL = 17, 29
POSITIONS, EXAMPLES = 9, 5
STEER_TIMES = 2.0


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    hf = AutoModelForCausalLM.from_pretrained(
        RESOURCES / "conformance" / MODEL, dtype=torch.float64, attn_implementation="eager"
    ).eval()
    lens = hooked_transformer(hf)
    generator = torch.Generator().manual_seed(20240607)
    tokens = torch.randint(4, hf.config.vocab_size, (2 + EXAMPLES, POSITIONS), generator=generator)
    clean, corrupt, dataset = tokens[:1], tokens[1:2].clone(), tokens[2:]
    corrupt[:, [0, 2, 5, 6]] = clean[:, [0, 2, 5, 6]]  # twins: they differ at the other five positions
    out = {
        "tokens/clean": clean[0],
        "tokens/corrupt": corrupt[0],
        "tokens/dataset": dataset,
        "vector/steer": torch.randn(hf.config.n_embd, generator=generator),
        "clean/logits": lens(clean)[0],
        "corrupt/logits": lens(corrupt)[0],
    }
    out |= patching(lens, clean, corrupt)
    out |= mean_ablation(lens, dataset)
    out |= knock_out(lens, clean)
    out |= steering(lens, clean, out["vector/steer"])
    agreement = {
        "clean logits, transformers": worst(out["clean/logits"], hf(clean).logits[0]),
        "patch-resid_pre, pyvene": worst(out["patch-resid_pre"], pyvene_sweep(hf, clean, corrupt)),
    }
    for site in ("resid_pre", "attn_out", "mlp_out", "z"):
        agreement[f"patch-{site}, torch hooks"] = worst(out[f"patch-{site}"], hook_sweep(hf, site, clean, corrupt))
    assert all(difference < 1e-9 for difference in agreement.values()), agreement
    write(out, agreement)


def hooked_transformer(hf):
    config = hf.config
    cfg = HookedTransformerConfig(
        n_layers=config.n_layer, d_model=config.n_embd, n_ctx=config.n_positions, n_heads=config.n_head,
        d_head=config.n_embd // config.n_head, d_mlp=config.n_inner, d_vocab=config.vocab_size,
        act_fn=config.activation_function, eps=config.layer_norm_epsilon, normalization_type="LN",
        dtype=torch.float64, device="cpu", seed=0,
    )
    lens = HookedTransformer(cfg)
    lens.load_and_process_state_dict(
        convert_gpt2_weights(hf, cfg), fold_ln=False, center_writing_weights=False, center_unembed=False,
        fold_value_biases=False, refactor_factored_attn_matrices=False,
    )
    return lens.to(torch.float64).eval()


def logit_diff(logits):
    """[example, pos, vocab] -> [example], at the last position."""
    return logits[:, -1, ANSWER] - logits[:, -1, FOIL]


def grid(*sizes):
    return torch.empty(*sizes)


# --- the sweeps, with TransformerLens ----------------------------------------------------------------------------


def patching(lens, clean, corrupt):
    """The corrupt run with one slice from the clean run: by layer and position, or by layer and head at z."""
    _, cache = lens.run_with_cache(clean)
    layers, heads = lens.cfg.n_layers, lens.cfg.n_heads
    names = {"resid_pre": "hook_resid_pre", "attn_out": "hook_attn_out", "mlp_out": "hook_mlp_out"}
    out = {}
    for site, hook in names.items():
        out[f"patch-{site}"] = table = grid(layers, POSITIONS)
        for layer in range(layers):
            name = f"blocks.{layer}.{hook}"
            for pos in range(POSITIONS):

                def patch(value, hook, name=name, pos=pos):
                    value[:, pos] = cache[name][:, pos]
                    return value

                table[layer, pos] = logit_diff(lens.run_with_hooks(corrupt, fwd_hooks=[(name, patch)]))[0]
    out["patch-z"] = table = grid(layers, heads)
    for layer in range(layers):
        name = f"blocks.{layer}.attn.hook_z"
        for head in range(heads):

            def patch(value, hook, name=name, head=head):
                value[:, :, head] = cache[name][:, :, head]
                return value

            table[layer, head] = logit_diff(lens.run_with_hooks(corrupt, fwd_hooks=[(name, patch)]))[0]
    return out


def mean_ablation(lens, dataset):
    """Each head's z replaced by its mean over the dataset: over examples and positions, and over examples only."""
    _, cache = lens.run_with_cache(dataset)
    layers, heads = lens.cfg.n_layers, lens.cfg.n_heads
    out = {"dataset/logit_diff": logit_diff(lens(dataset))}
    for key, over in (("mean-z", (0, 1)), ("mean-z-by-pos", 0)):
        out[key] = table = grid(layers, heads, EXAMPLES)
        for layer in range(layers):
            name = f"blocks.{layer}.attn.hook_z"
            mean = cache[name].mean(dim=over)  # [head, d_head] or [pos, head, d_head]
            out[f"{key}/mean.{layer}"] = mean
            for head in range(heads):

                def ablate(value, hook, mean=mean, head=head):
                    value[:, :, head] = mean[..., head, :]
                    return value

                table[layer, head] = logit_diff(lens.run_with_hooks(dataset, fwd_hooks=[(name, ablate)]))
    return out


def knock_out(lens, clean):
    """The score last <- src of one head, or of all heads of a layer, is minus infinity; the others renormalise."""
    layers, heads, last = lens.cfg.n_layers, lens.cfg.n_heads, POSITIONS - 1
    out = {"knock-out": grid(layers, heads, POSITIONS), "knock-out-layer": grid(layers, POSITIONS)}
    for layer in range(layers):
        name = f"blocks.{layer}.attn.hook_attn_scores"
        for src in range(POSITIONS):
            for head in [*range(heads), slice(None)]:

                def cut(scores, hook, head=head, src=src):
                    scores[:, head, last, src] = -torch.inf
                    return scores

                value = logit_diff(lens.run_with_hooks(clean, fwd_hooks=[(name, cut)]))[0]
                if isinstance(head, int):
                    out["knock-out"][layer, head, src] = value
                else:
                    out["knock-out-layer"][layer, src] = value
    return out


def steering(lens, clean, vector):
    logits = []
    for layer in range(lens.cfg.n_layers):
        name = f"blocks.{layer}.hook_resid_pre"
        logits.append(lens.run_with_hooks(clean, fwd_hooks=[(name, lambda v, hook: v + STEER_TIMES * vector)])[0])
    return {"steer-resid_pre/logits": torch.stack(logits)}


# --- the same with other libraries -------------------------------------------------------------------------------


def hook_sweep(hf, site, clean, corrupt):
    hooked, tokens = Hooked(hf), corrupt[0].tolist()
    _, source, patterns = hooked.run(clean[0].tolist())
    layers, heads = len(patterns), hf.config.n_head
    table = grid(layers, heads if site == "z" else POSITIONS)
    for layer in range(layers):
        for index in range(table.shape[1]):
            where = ("all", index) if site == "z" else ((index,), None)
            logits, _, _ = hooked.run(tokens, [Edit("patch", site, layer, *where, source=source)])
            table[layer, index] = logit_diff(logits[None])[0]
    return table


def pyvene_sweep(hf, clean, corrupt):
    table = grid(hf.config.n_layer, POSITIONS)
    for layer in range(hf.config.n_layer):
        config = pyvene.IntervenableConfig(
            model_type=type(hf),
            representations=[pyvene.RepresentationConfig(layer, "block_input", "pos", 1)],
            intervention_types=pyvene.VanillaIntervention,
        )
        model = pyvene.IntervenableModel(config, hf)
        for pos in range(POSITIONS):
            _, changed = model(
                {"input_ids": corrupt}, [{"input_ids": clean}], {"sources->base": ([[[pos]]], [[[pos]]])}
            )
            table[layer, pos] = logit_diff(changed.logits)[0]
    return table


def worst(a, b):
    return (a - b).abs().max().item()


# --- files -------------------------------------------------------------------------------------------------------


def write(out, agreement):
    OUT.mkdir(parents=True, exist_ok=True)
    out = {name: tensor.contiguous().clone() for name, tensor in out.items()}
    assert all(t.dtype in (torch.float64, torch.int64) and t.double().isfinite().all() for t in out.values())
    save_file(out, OUT / "expected.safetensors")
    (OUT / "expected.safetensors").chmod(0o644)
    record = {
        "model": f"../conformance/{MODEL}",
        "answer": ANSWER,
        "foil": FOIL,
        "steer_times": STEER_TIMES,
        "largest_difference_between_libraries": agreement,
        "made_with": {name: version(name) for name in ("transformer-lens", "transformers", "pyvene", "torch")},
    }
    (OUT / "case.json").write_text(json.dumps(record, indent=1) + "\n")
    print(json.dumps(agreement, indent=1))


if __name__ == "__main__":
    main()
