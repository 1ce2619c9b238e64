"""Runs transformers' own code entirely in 64 bits.

Loading a model with dtype=float64 is not enough: norms, softmaxes and rotary tables inside transformers say float32
by name ("upcast to fp32"), which rounds a float64 model to 7 digits. Inside `lifted()` every request for float32
becomes float64, and nothing else changes: a requested bfloat16 (Falcon's ALiBi) stays bfloat16.
"""

from contextlib import contextmanager

import torch
from torch.overrides import TorchFunctionMode


class _Float32ToFloat64(TorchFunctionMode):
    def __init__(self, strict):
        super().__init__()
        self.strict = strict

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = {key: self._lift(value) for key, value in (kwargs or {}).items()}
        if func is torch.Tensor.float:
            return args[0].double()
        result = func(*(self._lift(arg) for arg in args), **kwargs)
        if self.strict and isinstance(result, torch.Tensor):
            assert result.dtype != torch.float32, f"{func} computed in float32"
        return result

    @staticmethod
    def _lift(value):
        return torch.float64 if value is torch.float32 else value


@contextmanager
def lifted(strict=False):
    """strict: any operation that still gives float32 is an error (loading a float32 file must be allowed to)."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        with _Float32ToFloat64(strict):
            yield
    finally:
        torch.set_default_dtype(before)


def assert_no_float32(model):
    """Everything the model holds must be 64 bits wide, or the lift missed a place."""
    tensors = list(model.named_parameters()) + list(model.named_buffers())
    narrow = [name for name, t in tensors if t.is_floating_point() and t.dtype != torch.float64]
    assert not narrow, f"not float64: {narrow}"
