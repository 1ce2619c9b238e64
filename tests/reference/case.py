"""One line of the table of conformance cases."""

from dataclasses import dataclass, field
from typing import Callable


@dataclass(frozen=True)
class Case:
    """A family with one tiny awkward configuration."""

    name: str
    family: str  # transformers' model_type
    config: dict  # for the family's config class
    tests: list  # what is awkward
    surprises: list = field(default_factory=list)  # what a reader of config.json would not guess
    matters: list = field(default_factory=list)  # config changes that must change the logits: the fixture sees them
    dtype: str = "float32"
    shard: str | None = None  # max_shard_size
    config_edit: Callable = lambda config: config  # rewrites config.json as an older transformers wrote it
    weights_edit: Callable = lambda tensors: tensors  # renames tensors as an older checkpoint has them
    without_effect: tuple = ()  # endings of parameters that cannot change the logits, by the mathematics of the model
    prompts: dict = field(default_factory=dict)  # {prompt: {position: token id}}, put over the random tokens


def rope(**kwargs):
    """Rotary parameters as transformers 5 has them in a configuration."""
    return {"rope_parameters": {"rope_type": "default", **kwargs}}
