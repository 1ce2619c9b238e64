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

  # Parts one below the other as float32, at the start of room [elements].
  def join_in(self, parts: List[Tensor], room: Tensor) -> Tensor:
    rows = 0
    for i in range(torch.len(parts)):
      rows = torch.add(rows, torch.size(parts[i], 0))
    shape = torch.size(parts[0])
    shape[0] = rows
    joined = torch.view(torch.slice(room, 0, 0, torch.mul(rows, shape[1])), shape)
    at = 0
    for i in range(torch.len(parts)):
      end = torch.add(at, torch.size(parts[i], 0))
      _ = torch.copy_(torch.slice(joined, 0, at, end), parts[i])
      at = end
    return joined
