"""Writes transformers' logits after the last token of five prompts, of the embedded model.

    python make_primer.py ../../runtime/primer/src/main/resources/org/intervene/models/primer \
        ../../runtime/primer/src/test/resources/primer-logits.safetensors

One tensor a prompt, [vocabulary], named by the prompt. Run it again whenever the model was trained again.
"""
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoTokenizer, GPT2LMHeadModel

PROMPTS = [
    "The Eiffel Tower is in",
    "The Colosseum is in",
    "The capital of France is",
    "When Mary and John went to the shop, John gave a drink to",
    "A sad cat ate the unknown words in the cosy",
]


def main(directory, target):
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(directory)
    model, loading = GPT2LMHeadModel.from_pretrained(directory, dtype=torch.float32, output_loading_info=True)
    assert not any(loading[key] for key in ("missing_keys", "unexpected_keys", "mismatched_keys")), loading
    model.eval()
    tensors = {}
    for prompt in PROMPTS:
        ids = tokenizer(prompt, return_tensors="pt").input_ids
        with torch.no_grad():
            tensors[prompt] = model(ids).logits[0, -1].contiguous()
        print(prompt, "->", repr(tokenizer.decode(tensors[prompt].argmax())))
    save_file(tensors, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
