class M(Module):
  # The matrix in oneDNN's own layout, which fits any number of rows; the number given here is a hint
  def packed(self, weight: Tensor) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(weight.contiguous(), 128)

  # The matrix as it was.
  def plain(self, weight: Tensor, packed: bool) -> Tensor:
    if packed:
      return torch.to_dense(weight)
    return torch.view(weight, weight.size())

  # Whether the parts are one float32 matrix that can be packed as it lies.
  def ready(self, parts: List[Tensor]) -> bool:
    if len(parts) != 1:
      return False
    part = parts[0]
    if part.dtype != 6:
      return False
    return part.is_contiguous()
