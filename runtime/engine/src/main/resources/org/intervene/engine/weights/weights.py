class M(Module):
  def transpose(self, x: Tensor) -> Tensor:
    return torch.t(x)

  def row_range(self, x: Tensor, first: int, count: int) -> Tensor:
    return torch.slice(x, 0, first, torch.add(first, count))

  def pick_rows(self, x: Tensor, rows: List[int]) -> Tensor:
    return torch.index_select(x, 0, torch.tensor(rows, dtype=4))

  def convert(self, x: Tensor, dtype: int) -> Tensor:
    return torch.to(x, dtype, False, True)

  # Parts one below the other at the start of room [elements], converted on the way without an intermediate copy.
  def join_in(self, parts: List[Tensor], room: Tensor) -> Tensor:
    rows = 0
    elements = 0
    for i in range(torch.len(parts)):
      rows = torch.add(rows, torch.size(parts[i], 0))
      elements = torch.add(elements, torch.numel(parts[i]))
    shape = torch.size(parts[0])
    shape[0] = rows
    joined = torch.view(torch.slice(room, 0, 0, elements), shape)
    at = 0
    for i in range(torch.len(parts)):
      end = torch.add(at, torch.size(parts[i], 0))
      _ = torch.copy_(torch.slice(joined, 0, at, end), parts[i])
      at = end
    return joined

  # NaN wins both minimum and maximum.
  def extremes(self, x: Tensor) -> List[float]:
    low, high = torch.aminmax(x)
    return [float(low), float(high)]

  def same(self, x: Tensor, y: Tensor) -> bool:
    return torch.equal(x, y)
