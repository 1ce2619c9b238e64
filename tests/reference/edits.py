"""The interventions of a case: what they do to a site's value, and how they are written in the language."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Edit:
    do: str  # zero | patch | steer
    site: str
    layer: int
    positions: tuple | str  # indices, or "all"
    head: int | None = None
    expert: int | None = None
    source: dict | None = None  # patch: the other run's values, by site.layer
    vector: torch.Tensor | None = None
    vector_name: str | None = None
    times: float | None = None

    def apply(self, value):
        """value: [pos, d_model], [pos, head, d_head] at z, or [pos, expert] at router."""
        value = value.clone()
        at = slice(None) if self.positions == "all" else list(self.positions)
        second = self.expert if self.head is None else self.head
        index = (at,) if second is None else (at, second)
        if self.do == "zero":
            value[index] = 0.0
        elif self.do == "patch":
            value[index] = self.source[f"{self.site}.{self.layer}"][index]
        elif self.do == "steer":
            value[index] = value[index] + self.times * self.vector
        return value

    def text(self):
        """As the experiment language writes it; `b` is the run on prompt b."""
        head = "" if self.head is None else f".head[{self.head}]"
        head += "" if self.expert is None else f".expert[{self.expert}]"
        at = self.positions if self.positions == "all" else _selector(self.positions)
        tail = {"zero": "", "patch": " from b", "steer": f" by {self.vector_name} * {self.times}"}[self.do]
        return f"{self.do} {self.site}[{self.layer}]{head} @ {at}{tail}"

    def json(self):
        positions = self.positions if self.positions == "all" else list(self.positions)
        out = {"do": self.do, "site": self.site, "layer": self.layer, "head": self.head, "positions": positions}
        if self.expert is not None:
            out["expert"] = self.expert
        if self.do == "patch":
            out["from"] = "b"
        if self.do == "steer":
            out |= {"vector": self.vector_name, "times": self.times}
        return out | {"text": self.text()}


def mixtures(layers, favourite, vectors, source):
    """The interventions on routing, for families with experts in these layers; the favourite is chosen most in the last."""
    first, last = layers[0], layers[-1]
    return {
        "zero-router": [Edit("zero", "router", last, "all", expert=favourite)],
        "patch-router": [Edit("patch", "router", first, "all", source=source)],
        "steer-router": [
            Edit("steer", "router", last, (0, 2, 3, 6), vector=vectors["experts"], vector_name="experts", times=2.0)
        ],
        "zero-expert_out": [Edit("zero", "expert_out", first, "all", expert=0)],
    }


def _selector(positions):
    return str(positions[0]) if len(positions) == 1 else "[" + ", ".join(map(str, positions)) + "]"


def plan(layers, heads, vectors, source):
    """The same interventions for every case, spread over its layers and heads: {name: [edits]}, on prompt a."""
    last, head = layers - 1, heads - 1

    def steer(site, layer, positions, times, head=None):
        name = "head" if site == "z" else "stream"
        return Edit("steer", site, layer, positions, head, vector=vectors[name], vector_name=name, times=times)

    def patch(site, layer, positions, head=None):
        return Edit("patch", site, layer, positions, head, source=source)

    return {
        "zero-resid_post": [Edit("zero", "resid_post", 0, (2,))],
        "patch-resid_post": [patch("resid_post", last - 1, (3, 4))],
        "steer-resid_post": [steer("resid_post", 0, "all", 1.5)],
        "zero-z": [Edit("zero", "z", 0, "all", head)],
        "patch-z": [patch("z", last, (4, 6), 0)],
        "steer-z": [steer("z", last, (5, 6), -2.0, head)],
        "zero-attn_out": [Edit("zero", "attn_out", last, (1, 6))],
        "zero-mlp_out": [Edit("zero", "mlp_out", 0, "all")],
        "patch-mlp_out": [patch("mlp_out", last, (2, 6))],
        "steer-mlp_out": [steer("mlp_out", 0, (0, 3), 0.75)],
        "chain": [
            patch("z", 0, "all", 0),
            Edit("zero", "mlp_out", 0, (1,)),
            patch("resid_post", 0, (5,)),
            steer("resid_post", 0, (5, 6), 0.5),
        ],
    }
