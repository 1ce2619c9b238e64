"""Times what other tools need for the benchmark's tasks, on the same weights and tokens.

    python others.py TASKS.json WHAT...

TASKS.json is written by the Java side: the model's directory, token ids, repetitions. For each task one line of JSON goes to
standard output: {"task": ..., "tool": ..., "seconds": [...], "values": [[...]], "peak": BYTES}. A tool that is not installed
says so and is left out.
"""

import json
import sys
import time
from importlib.metadata import PackageNotFoundError, version

import torch
from transformers import AutoModelForCausalLM


def main():
    tasks = json.load(open(sys.argv[1]))
    torch.set_num_threads(tasks["threads"])
    torch.set_grad_enabled(False)
    for name in sys.argv[2:]:
        try:
            TOOLS[name](tasks)
        except (ImportError, PackageNotFoundError) as missing:
            say({"tool": name, "missing": str(missing).split("\n")[0]})


def load(tasks):
    return AutoModelForCausalLM.from_pretrained(
        tasks["model"], dtype=torch.float32, attn_implementation="eager"
    ).eval()


def say(line):
    print(json.dumps(line), flush=True)


def reset_peak():
    """Lets Linux count this process's peak memory from now on; where it cannot, none is told."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
        return True
    except OSError:
        return False


def peak_bytes():
    with open("/proc/self/status") as file:
        return next(1024 * int(line.split()[1]) for line in file if line.startswith("VmHWM:"))


def timed(tasks, task, tool, repetitions, work):
    """The first repetition warms up and counts only where there is but one."""
    seconds = []
    counted = reset_peak()
    for _ in range(repetitions if repetitions == 1 else repetitions + 1):
        start = time.perf_counter()
        values = work()
        seconds.append(time.perf_counter() - start)
    if repetitions > 1:
        seconds = seconds[1:]
    peak = peak_bytes() if counted else 0
    say({"task": task, "tool": tool, "seconds": seconds, "values": values, "peak": peak})


def pair(tasks, name):
    pair = tasks["pairs"][name]
    return torch.tensor([pair["clean"]]), torch.tensor([pair["corrupt"]])


def difference(tasks, logits):
    """[..., vocab] -> [...]: the logit of the answer minus that of the foil."""
    return logits[..., tasks["answer"]] - logits[..., tasks["foil"]]


# --- transformers ------------------------------------------------------------------------------------------------


def forward(tasks):
    model = load(tasks)
    tool = f"transformers {version('transformers')}, torch {version('torch')}"
    for batch in tasks["batches"]:
        tokens = torch.tensor(tasks["batch"][:batch])

        def work():
            logits = model(tokens, use_cache=False).logits
            return difference(tasks, logits[:, -1]).tolist()

        timed(tasks, f"forward-{batch}", tool, tasks["repetitions"], work)


# --- hand-batched PyTorch ----------------------------------------------------------------------------------------


def states(model, tokens):
    """What enters every block, [1, pos, d_model] each."""
    return model.transformer(tokens, output_hidden_states=True, use_cache=False).hidden_states[:-1]


def behind(model, hidden, layer):
    """What comes out of the last block, from what enters another one."""
    length = hidden.shape[1]
    mask = torch.full((length, length), torch.finfo(hidden.dtype).min).triu(1)[None, None]
    for block in model.transformer.h[layer:]:
        hidden = block(hidden, attention_mask=mask)
        hidden = hidden[0] if isinstance(hidden, tuple) else hidden
    return hidden


def all_logits(model, hidden, tasks):
    """As the model itself ends."""
    return difference(tasks, model.lm_head(model.transformer.ln_f(hidden))[:, -1])


def two_logits(model, hidden, tasks):
    """Nothing but what the metric reads."""
    last = model.transformer.ln_f(hidden[:, -1])
    picked = model.lm_head.weight[[tasks["answer"], tasks["foil"]]]
    return (last @ picked.T) @ torch.tensor([1.0, -1.0])


ENDS = {"hand-batched PyTorch": all_logits, "hand-batched PyTorch, two logits alone": two_logits}


def hand(tasks):
    """All positions of a layer in one batch that starts at the patched layer: what an expert writes."""
    model = load(tasks)
    for name in tasks["pairs"]:
        for tool, end in ENDS.items():
            timed(tasks, f"resid-{name}", tool, tasks["repetitions"], lambda: by_hand(model, tasks, name, end))


def by_hand(model, tasks, name, end):
    clean, corrupt = pair(tasks, name)
    source, base = states(model, clean), states(model, corrupt)
    positions = torch.arange(clean.shape[1])
    table = []
    for layer in range(len(model.transformer.h)):
        hidden = base[layer].repeat(len(positions), 1, 1)
        hidden[positions, positions] = source[layer][0]
        table.append(end(model, behind(model, hidden, layer), tasks).tolist())
    return table


# --- TransformerLens ---------------------------------------------------------------------------------------------


def hooked(model):
    from transformer_lens import HookedTransformer, HookedTransformerConfig
    from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights

    c = model.config
    cfg = HookedTransformerConfig(
        n_layers=c.n_layer, d_model=c.n_embd, n_ctx=c.n_positions, n_heads=c.n_head, d_head=c.n_embd // c.n_head,
        d_mlp=c.n_inner or 4 * c.n_embd, d_vocab=c.vocab_size, act_fn=c.activation_function, eps=c.layer_norm_epsilon,
        normalization_type="LN", device="cpu", seed=0,
    )
    lens = HookedTransformer(cfg)
    lens.load_and_process_state_dict(
        convert_gpt2_weights(model, cfg), fold_ln=False, center_writing_weights=False, center_unembed=False,
        fold_value_biases=False, refactor_factored_attn_matrices=False,
    )
    return lens.eval()


def transformer_lens(tasks):
    lens = hooked(load(tasks))
    tool = f"TransformerLens {version('transformer-lens')}"
    lens(pair(tasks, "early")[0])  # warms up; a whole sweep is timed once
    for name in tasks["pairs"]:
        clean, corrupt = pair(tasks, name)

        def residual():
            _, cache = lens.run_with_cache(clean, names_filter=lambda hook: hook.endswith("hook_resid_pre"))

            def cell(layer, pos):
                site = f"blocks.{layer}.hook_resid_pre"

                def patch(value, hook):
                    value[:, pos] = cache[site][:, pos]
                    return value

                return difference(tasks, lens.run_with_hooks(corrupt, fwd_hooks=[(site, patch)])[0, -1]).item()

            return [[cell(layer, pos) for pos in range(clean.shape[1])] for layer in range(lens.cfg.n_layers)]

        timed(tasks, f"resid-{name}", tool, 1, residual)
    clean, corrupt = pair(tasks, "early")

    def heads():
        _, cache = lens.run_with_cache(clean, names_filter=lambda hook: hook.endswith("hook_z"))

        def cell(layer, head):
            site = f"blocks.{layer}.attn.hook_z"

            def patch(value, hook):
                value[:, :, head] = cache[site][:, :, head]
                return value

            return difference(tasks, lens.run_with_hooks(corrupt, fwd_hooks=[(site, patch)])[0, -1]).item()

        return [[cell(layer, head) for head in range(lens.cfg.n_heads)] for layer in range(lens.cfg.n_layers)]

    timed(tasks, "heads", tool, 1, heads)


# --- pyvene ------------------------------------------------------------------------------------------------------


def pyvene(tasks):
    import pyvene

    model = load(tasks)
    tool = f"pyvene {version('pyvene')}"
    clean, corrupt = pair(tasks, "early")
    model(clean)  # warms up; the whole sweep is timed once

    def work():
        table = []
        for layer in range(model.config.n_layer):
            config = pyvene.IntervenableConfig(
                model_type=type(model),
                representations=[pyvene.RepresentationConfig(layer, "block_input", "pos", 1)],
                intervention_types=pyvene.VanillaIntervention,
            )
            intervenable = pyvene.IntervenableModel(config, model)
            row = []
            for pos in range(clean.shape[1]):
                _, changed = intervenable(
                    {"input_ids": corrupt}, [{"input_ids": clean}], {"sources->base": ([[[pos]]], [[[pos]]])}
                )
                row.append(difference(tasks, changed.logits[0, -1]).item())
            table.append(row)
        return table

    timed(tasks, "resid-early", tool, 1, work)


TOOLS = {"transformers": forward, "hand": hand, "transformer-lens": transformer_lens, "pyvene": pyvene}

if __name__ == "__main__":
    main()
