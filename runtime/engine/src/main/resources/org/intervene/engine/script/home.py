class M(Module):
  # A copy on another device, laid out in the same way.
  def moved(self, x: Tensor, device: str) -> Tensor:
    return torch.to(x, torch.device(device), x.dtype, False, True)
