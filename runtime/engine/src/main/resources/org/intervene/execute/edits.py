class M(Module):
  # value [rows, columns] with some rows, and of these some columns, replaced: one indexed write for many cells.
  # new = keep * old + change; a factor of exactly 0 forgets the old value even if it is not finite
  def write(self, value: Tensor, rows: Tensor, columns: List[Tensor], keep: Tensor, change: Tensor) -> Tensor:
    old = self.read(value, rows, columns)
    factor = torch.unsqueeze(keep, 1)
    kept = torch.where(factor == 0.0, torch.zeros_like(old), old * factor)
    return self.put(value, rows, columns, kept + change)

  def clamp(self, value: Tensor, rows: Tensor, columns: List[Tensor], low: Tensor, high: Tensor) -> Tensor:
    old = self.read(value, rows, columns)
    new = torch.minimum(torch.maximum(old, torch.unsqueeze(low, 1)), torch.unsqueeze(high, 1))
    return self.put(value, rows, columns, new)

  # x - (x v) v for each stretch of the columns that is as long as v; v [rows, width]
  # and in float64: a row along v leaves nothing, and a norm behind it would make much of a rounding error
  def project(self, value: Tensor, rows: Tensor, columns: List[Tensor], v: Tensor) -> Tensor:
    old = self.read(value, rows, columns)
    x = torch.to(torch.view(old.contiguous(), [old.size(0), -1, v.size(1)]), 7)
    w = torch.unsqueeze(v, 1)
    along = torch.sum(x * w, [-1], True)
    new = torch.view(x - along * w, [old.size(0), old.size(1)])
    return self.put(value, rows, columns, torch.type_as(new, old))

  def read(self, value: Tensor, rows: Tensor, columns: List[Tensor]) -> Tensor:
    old = torch.index_select(value, 0, rows)
    if len(columns) > 0:
      old = torch.index_select(old, 1, columns[0])
    return old

  def put(self, value: Tensor, rows: Tensor, columns: List[Tensor], new: Tensor) -> Tensor:
    if len(columns) == 0:
      return torch.index_copy(value, 0, rows, new)
    whole = torch.index_select(value, 0, rows)
    return torch.index_copy(value, 0, rows, torch.index_copy(whole, 1, columns[0], new))

  # rows of a pool, each times its own factor
  def weighted(self, pool: Tensor, index: Tensor, factor: Tensor) -> Tensor:
    return torch.index_select(pool, 0, index) * torch.unsqueeze(factor, 1)

  def columns(self, x: Tensor, columns: Tensor) -> Tensor:
    return torch.index_select(x, 1, columns)

  def cat(self, parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, 0)

  # all elements of several tensors in one row, in float64
  def stretched(self, parts: List[Tensor]) -> Tensor:
    flat: List[Tensor] = []
    for part in parts:
      flat.append(torch.to(torch.reshape(part, [-1]), 7))
    return torch.cat(flat, 0)

  def copy(self, x: Tensor) -> Tensor:
    return torch.clone(x, memory_format=0)

  # by row of logits, in float64: log of the sum of exponentials
  def normalisers(self, logits: Tensor) -> Tensor:
    return torch.logsumexp(torch.to(logits, 7), [1])

  # by row of logits: how many are strictly higher than the token's
  def ranks(self, logits: Tensor, tokens: Tensor) -> Tensor:
    picked = torch.gather(logits, 1, torch.unsqueeze(tokens, 1))
    count = torch.to(torch.sum(logits > picked, [1]), 7)
    nan = torch.squeeze(torch.isnan(picked), 1)
    return torch.where(nan, torch.full_like(count, float("nan")), count)

  def top1(self, logits: Tensor) -> Tensor:
    return torch.to(torch.argmax(logits, 1), 7)

  def entropies(self, logits: Tensor) -> Tensor:
    x = torch.to(logits, 7)
    log = x - torch.unsqueeze(torch.logsumexp(x, [1]), 1)
    p = torch.exp(log)
    return -torch.sum(torch.where(p == 0.0, torch.zeros_like(p), p * log), [1])

  # elements of a flattened tensor
  def elements(self, x: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(torch.reshape(x, [-1]), 0, index)

  def fill(self, x: Tensor, index: Tensor, values: Tensor) -> Tensor:
    flat = torch.reshape(x, [-1])
    return torch.view(torch.index_copy(flat, 0, index, values), x.size())

  # elements of x become keep * old + factor * operand, held within bounds, in float64. index: the elements, then each one's
  # operand, then the elements of each captured tensor that are operands; counts: how many of the first and of the last;
  # numbers: by element keep, factor, lowest and highest value, then the first operands, which those of tensors follow
  def edges(self, x: Tensor, index: Tensor, captured: List[Tensor], counts: List[int], numbers: Tensor) -> Tensor:
    n = counts[0]
    parts: List[Tensor] = []
    parts.append(torch.narrow(numbers, 0, 4 * n, numbers.size(0) - 4 * n))
    start = 2 * n
    for i in range(len(captured)):
      own = torch.narrow(index, 0, start, counts[i + 1])
      parts.append(torch.to(self.elements(captured[i], own), 7))
      start = start + counts[i + 1]
    operand = torch.index_select(torch.cat(parts, 0), 0, torch.narrow(index, 0, n, n))
    at = torch.narrow(index, 0, 0, n)
    old = torch.to(self.elements(x, at), 7)
    keep = torch.narrow(numbers, 0, 0, n)
    kept = torch.where(keep == 0.0, torch.zeros_like(old), old * keep)
    new = kept + torch.narrow(numbers, 0, n, n) * operand
    new = torch.minimum(torch.maximum(new, torch.narrow(numbers, 0, 2 * n, n)), torch.narrow(numbers, 0, 3 * n, n))
    return self.fill(x, at, torch.type_as(new, x))

  # attention [segment, head, row, source] as [segment * row, head, source]
  def by_rows(self, x: Tensor) -> Tensor:
    y = torch.transpose(x, 1, 2).contiguous()
    return torch.clone(torch.view(y, [y.size(0) * y.size(1), y.size(2), y.size(3)]), memory_format=0)
