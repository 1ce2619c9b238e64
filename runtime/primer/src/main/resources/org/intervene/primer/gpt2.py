class M(Module):
  # p: token embedding, position embedding, twelve tensors of each block (norm, attention, output, norm,
  # up, down: weight and bias each), final norm. Products are [in, out], as GPT-2 stores them.
  # ids: [row, pos]; x: [row, pos, d_model]

  def norm(self, x: Tensor, p: List[Tensor], at: int) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], p[at], p[at + 1], 1.0e-5)

  def product(self, x: Tensor, p: List[Tensor], at: int) -> Tensor:
    flat = torch.reshape(x, [x.size(0) * x.size(1), x.size(2)])
    y = torch.addmm(p[at + 1], flat, p[at])
    return torch.view(y, [x.size(0), x.size(1), y.size(1)])

  # query (0), key (1) or value (2) as [row, head, pos, d_head]
  def part(self, qkv: Tensor, which: int, heads: int) -> Tensor:
    width = torch.floordiv(qkv.size(2), 3)
    x = torch.narrow(qkv, 2, which * width, width)
    x = torch.reshape(x, [qkv.size(0), qkv.size(1), heads, torch.floordiv(width, heads)])
    return torch.transpose(x, 1, 2)

  def attend(self, x: Tensor, p: List[Tensor], at: int, heads: int) -> Tensor:
    qkv = self.product(self.norm(x, p, at), p, at + 2)
    z = torch.scaled_dot_product_attention(self.part(qkv, 0, heads), self.part(qkv, 1, heads), self.part(qkv, 2, heads), None, 0.0, True)
    z = torch.reshape(torch.transpose(z, 1, 2), [x.size(0), x.size(1), x.size(2)])
    return x + self.product(z, p, at + 4)

  def feed(self, x: Tensor, p: List[Tensor], at: int) -> Tensor:
    y = torch.gelu(self.product(self.norm(x, p, at + 6), p, at + 8), approximate="tanh")
    return x + self.product(y, p, at + 10)

  def blocks(self, p: List[Tensor]) -> int:
    return torch.floordiv(len(p) - 4, 12)

  def embed(self, p: List[Tensor], ids: Tensor) -> Tensor:
    return torch.embedding(p[0], ids) + torch.slice(p[1], 0, 0, ids.size(1))

  def final(self, p: List[Tensor], ids: Tensor, heads: int) -> Tensor:
    x = self.embed(p, ids)
    for block in range(self.blocks(p)):
      x = self.feed(self.attend(x, p, 2 + 12 * block, heads), p, 2 + 12 * block)
    return self.norm(x, p, len(p) - 2)

  # [row, pos, vocabulary]
  def logits(self, p: List[Tensor], ids: Tensor, heads: int) -> Tensor:
    return torch.matmul(self.final(p, ids, heads), torch.t(p[0]))

  # attention patterns of one block, [row, head, query, key]
  def pattern(self, p: List[Tensor], ids: Tensor, heads: int, wanted: int) -> Tensor:
    x = self.embed(p, ids)
    for block in range(wanted):
      x = self.feed(self.attend(x, p, 2 + 12 * block, heads), p, 2 + 12 * block)
    at = 2 + 12 * wanted
    qkv = self.product(self.norm(x, p, at), p, at + 2)
    q = self.part(qkv, 0, heads)
    scores = torch.matmul(q, torch.transpose(self.part(qkv, 1, heads), 2, 3)) / torch.sqrt(float(q.size(3)))
    later = torch.triu(torch.ones([ids.size(1), ids.size(1)]), 1)
    return torch.softmax(scores - later * 1.0e9, -1)

  # Mean cross-entropy of the targets that are not -100, [row, pos].
  def loss(self, p: List[Tensor], ids: Tensor, targets: Tensor, heads: int) -> Tensor:
    x = self.final(p, ids, heads)
    x = torch.reshape(x, [x.size(0) * x.size(1), x.size(2)])
    wanted = torch.reshape(targets, [-1])
    kept = torch.squeeze(torch.nonzero(torch.ne(wanted, -100)), 1)
    logits = torch.matmul(torch.index_select(x, 0, kept), torch.t(p[0]))
    return torch.cross_entropy_loss(logits, torch.index_select(wanted, 0, kept), None, 1, -100, 0.0)

  # One step of AdamW with the gradient's norm clipped; moments are changed in place, and so are the
  # parameters, through aliases outside the graph. Only matrices decay.
  def step(self, p: List[Tensor], first: List[Tensor], second: List[Tensor], ids: Tensor, targets: Tensor, heads: int, count: int, rate: float, decay: float, clip: float) -> Tensor:
    loss = self.loss(p, ids, targets, heads)
    gradients = self.dense(torch.grad([loss], p), p)
    squares = torch.zeros([1])
    for i in range(len(p)):
      squares = squares + torch.sum(gradients[i] * gradients[i])
    scale = torch.clamp(clip / (torch.sqrt(squares) + 1.0e-6), None, 1.0)
    for i in range(len(p)):
      self.update(torch.detach(p[i]), first[i], second[i], gradients[i] * scale, count, rate, decay)
    return torch.detach(loss)

  def dense(self, gradients: List[Optional[Tensor]], p: List[Tensor]) -> List[Tensor]:
    result: List[Tensor] = []
    for i in range(len(p)):
      g = gradients[i]
      if g is None:
        d = torch.zeros_like(p[i])
      else:
        d = g
      _ = torch.append(result, d)
    return result

  def update(self, w: Tensor, first: Tensor, second: Tensor, g: Tensor, count: int, rate: float, decay: float) -> None:
    _ = torch.add_(torch.mul_(first, 0.9), g, alpha=0.1)
    _0 = torch.addcmul_(torch.mul_(second, 0.98), g, g, value=0.02)
    slow = 1.0 - torch.pow(0.9, count)
    fast = 1.0 - torch.pow(0.98, count)
    if w.dim() > 1:
      _1 = torch.mul_(w, 1.0 - rate * decay)
    root = torch.sqrt(second / fast) + 1.0e-8
    _2 = torch.addcdiv_(w, first, root, value=-rate / slow)
    return None
