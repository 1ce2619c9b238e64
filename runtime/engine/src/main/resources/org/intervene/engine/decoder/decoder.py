class M(Module):
  __parameters__ = []
  __buffers__ = []

  # rows: one row a token, [rows, ...]. An optional tensor is a list of one or none.

  def wide(self, x: Tensor) -> Tensor:
    # half-precision sums lose too much: norms and softmaxes are taken in float32, as transformers does
    if x.dtype == 5 or x.dtype == 15:
      return torch.to(x, 6)
    return x

  def embed(self, weight: Tensor, ids: Tensor, scale: float) -> Tensor:
    x = torch.index_select(weight, 0, ids)
    if scale == 1.0:
      return x
    return x * scale

  def rows(self, x: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(x, 0, index)

  def put_rows(self, x: Tensor, index: Tensor, rows: Tensor) -> Tensor:
    return torch.index_copy_(x, 0, torch.to(index, 4), rows)

  def add(self, x: Tensor, y: Tensor) -> Tensor:
    return x + y

  def scaled(self, x: Tensor, by: float) -> Tensor:
    return x * by

  # weight and bias are [width], or [head, width] for x [rows, head, width]
  def layer_norm(self, x: Tensor, weight: List[Tensor], bias: List[Tensor], epsilon: float) -> Tensor:
    w: Optional[Tensor] = None
    b: Optional[Tensor] = None
    if len(weight) > 0 and weight[0].dim() > 1:
      y = torch.layer_norm(x, [x.size(-1)], w, b, epsilon) * weight[0]
      if len(bias) > 0:
        y = y + bias[0]
      return y
    if len(weight) > 0:
      w = weight[0]
    if len(bias) > 0:
      b = bias[0]
    return torch.layer_norm(x, [x.size(-1)], w, b, epsilon)

  def rms_norm(self, x: Tensor, weight: List[Tensor], epsilon: float, plus_one: bool) -> Tensor:
    y = self.wide(x)
    y = y * torch.rsqrt(torch.mean(y * y, [-1], True) + epsilon)
    if len(weight) == 0:
      return torch.type_as(y, x)
    if plus_one:
      return torch.type_as(y * (1.0 + torch.type_as(weight[0], y)), x)
    return weight[0] * torch.type_as(y, x)

  # norm(sum of parts + rest) as a sum: parts [rows, part, width] and the rest [rows, width], each normed by the sum's factor
  def shares(self, parts: Tensor, rest: List[Tensor], weight: List[Tensor], bias: List[Tensor], epsilon: float, centred: bool, plus_one: bool) -> Tuple[Tensor, Tensor]:
    p = self.wide(parts)
    r = torch.zeros_like(torch.select(p, 1, 0))
    if len(rest) > 0:
      r = r + rest[0]
    if centred:
      p = p - torch.mean(p, [-1], True)
      r = r - torch.mean(r, [-1], True)
    total = torch.sum(p, [1]) + r
    factor = torch.rsqrt(torch.mean(total * total, [-1], True) + epsilon)
    if len(weight) > 0:
      w = torch.type_as(weight[0], p)
      if plus_one:
        w = 1.0 + w
      factor = factor * w
    p = p * torch.unsqueeze(factor, 1)
    r = r * factor
    if len(bias) > 0:
      r = r + bias[0]
    return (torch.type_as(p, parts), torch.type_as(r, parts))

  def linear(self, x: Tensor, weight: Tensor, bias: List[Tensor]) -> Tensor:
    b: Optional[Tensor] = None
    if len(bias) > 0:
      b = bias[0]
    return torch.linear(x, weight, b)

  def packed_linear(self, x: Tensor, weight: Tensor, bias: List[Tensor]) -> Tensor:
    b: Optional[Tensor] = None
    if len(bias) > 0:
      b = bias[0]
    return ops.mkldnn._linear_pointwise(x, weight, b, "none", [], "")

  def packed_activated(self, x: Tensor, weight: Tensor, bias: List[Tensor], kind: int) -> Tensor:
    b: Optional[Tensor] = None
    if len(bias) > 0:
      b = bias[0]
    if kind == 0:
      return ops.mkldnn._linear_pointwise(x, weight, b, "gelu", [], "none")
    if kind == 1:
      return ops.mkldnn._linear_pointwise(x, weight, b, "gelu", [], "tanh")
    if kind == 3:
      return ops.mkldnn._linear_pointwise(x, weight, b, "relu", [], "")
    if kind == 5:
      return ops.mkldnn._linear_pointwise(x, weight, b, "swish", [], "")
    return self.activation(ops.mkldnn._linear_pointwise(x, weight, b, "none", [], ""), kind)

  # [rows, first .. first + heads * width] as [rows, heads, width]
  def heads(self, x: Tensor, first: int, heads: int, width: int, own: bool) -> Tensor:
    y = torch.view(torch.narrow(x, 1, first, heads * width), [x.size(0), heads, width])
    if own:
      return y.contiguous()
    return y

  def product(self, x: Tensor, y: Tensor) -> Tensor:
    return torch.matmul(x, y)

  def flat(self, x: Tensor) -> Tensor:
    return torch.reshape(x, [x.size(0), x.size(1) * x.size(2)])

  def clip(self, x: Tensor, bound: float) -> Tensor:
    return torch.clamp(x, -bound, bound)

  # x [rows, head, d_head]; cosine, sine [rows, dims / 2]
  def rotate(self, x: Tensor, cosine: Tensor, sine: Tensor, interleaved: bool) -> Tensor:
    half = cosine.size(1)
    c = torch.unsqueeze(cosine, 1)
    s = torch.unsqueeze(sine, 1)
    turned = torch.narrow(x, 2, 0, 2 * half)
    rest = torch.narrow(x, 2, 2 * half, x.size(2) - 2 * half)
    if interleaved:
      pairs = torch.view(turned.contiguous(), [x.size(0), x.size(1), half, 2])
      a = torch.select(pairs, 3, 0)
      b = torch.select(pairs, 3, 1)
      both = torch.stack([a * c - b * s, b * c + a * s], 3)
      return torch.cat([torch.reshape(both, [x.size(0), x.size(1), 2 * half]), rest], 2)
    a = torch.narrow(turned, 2, 0, half)
    b = torch.narrow(turned, 2, half, half)
    return torch.cat([a * c - b * s, b * c + a * s, rest], 2)

  # rows of equally shaped segments from row first on as [segments, head, rows, d_head]
  def segments(self, x: Tensor, first: int, segments: int, rows: int) -> Tensor:
    y = torch.narrow(x, 0, first, segments * rows)
    return torch.transpose(torch.view(y, [segments, rows, x.size(1), x.size(2)]), 1, 2)

  def cat(self, parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, 0)

  # which source a query may see: [rows, first + rows]
  def mask(self, first: int, rows: int, window: int, causal: bool, like: Tensor) -> Tensor:
    query = torch.unsqueeze(torch.arange(first, first + rows, device=like.device), 1)
    source = torch.unsqueeze(torch.arange(first + rows, device=like.device), 0)
    allowed = source <= query
    if not causal:
      allowed = torch.ones_like(allowed)
    if window > 0:
      allowed = torch.logical_and(allowed, source > query - window)
      if not causal:
        allowed = torch.logical_and(allowed, source < query + window)
    return allowed

  # [head, 1, source]: slope times source position times factor
  def alibi(self, slopes: Tensor, sources: int, low: bool, factor: float, like: Tensor) -> Tensor:
    s = torch.view(slopes, [-1, 1, 1])
    at = torch.arange(sources, device=like.device)
    if low:
      product = torch.to(s, 15) * torch.to(at, 15)
      return torch.to(product, like.dtype) * factor
    return torch.to(s * at * factor, like.dtype)

  def repeated(self, x: Tensor, times: int) -> Tensor:
    if times == 1:
      return x
    return torch.repeat_interleave(x, times, 1)

  # attention in one step, [query, head, d_head], of groups with (segments, first position, rows, rows that ask, masked or
  # not); where not all rows ask, asked has the ones that do; bias is additive and holds the mask
  def attend(self, q: Tensor, k: Tensor, v: Tensor, shapes: List[int], asked: List[int], bias: List[Tensor], causal: bool, scale: float) -> Tensor:
    z = torch.empty(q.size(), dtype=q.dtype, device=q.device)
    row = 0
    source = 0
    at = 0
    for g in range(len(shapes) // 5):
      segments = shapes[5 * g]
      first = shapes[5 * g + 1]
      rows = shapes[5 * g + 2]
      asking = shapes[5 * g + 3]
      some = asking < rows
      if asking > 0:
        qq = self.segments(q, row, segments, asking)
        kk = self.segments(k, source, segments, first + rows)
        vv = self.segments(v, source, segments, first + rows)
        times = qq.size(1) // kk.size(1)
        m: Optional[Tensor] = None
        if shapes[5 * g + 4] == 1:
          seen = torch.narrow(torch.narrow(bias[0], -2, first, rows), -1, 0, first + rows)
          if some:
            seen = self.picked_rows(seen, asked, at, asking)
          m = seen
        square = m is None and causal and rows > 1 and not some
        y = torch.scaled_dot_product_attention(qq, self.repeated(kk, times), self.repeated(vv, times), m, 0.0, square, scale=scale)
        _ = torch.copy_(self.segments(z, row, segments, asking), y)
      if some:
        at = at + asking
      row = row + segments * asking
      source = source + segments * (first + rows)
    return z

  # rows on the last axis but one
  def picked_rows(self, x: Tensor, index: List[int], first: int, count: int) -> Tensor:
    parts: List[Tensor] = []
    for i in range(count):
      parts.append(torch.narrow(x, -2, index[first + i], 1))
    return torch.cat(parts, -2)

  def scores(self, q: Tensor, k: Tensor, bias: List[Tensor], mask: Tensor, scale: float, cap: float) -> Tensor:
    kk = self.repeated(k, q.size(1) // k.size(1))
    s = torch.matmul(q, torch.transpose(kk, 2, 3)) * scale
    if cap > 0.0:
      s = torch.tanh(s / cap) * cap
    if len(bias) > 0:
      s = s + bias[0]
    return torch.masked_fill(s, torch.logical_not(mask), -float("inf"))

  # rows that see nothing at all give zeros, not NaN; nothing here asks for a value, which would wait for the device
  def pattern(self, scores: Tensor) -> Tensor:
    p = torch.softmax(self.wide(scores), -1)
    nothing = torch.isinf(torch.amax(scores, [-1], True))
    return torch.type_as(torch.where(nothing, torch.nan_to_num(p, 0.0), p), scores)

  # rows of equally shaped segments, [segments * rows, head, d_head]
  def mixed(self, pattern: Tensor, v: Tensor) -> Tensor:
    vv = self.repeated(v, pattern.size(1) // v.size(1))
    y = torch.transpose(torch.matmul(pattern, vv), 1, 2).contiguous()
    return torch.view(y, [y.size(0) * y.size(1), y.size(2), y.size(3)])

  # z [rows, head, d_head], weight [d_model, head * d_head] -> [rows, head, d_model]
  def head_out(self, z: Tensor, weight: Tensor) -> Tensor:
    w = torch.view(weight, [weight.size(0), z.size(1), z.size(2)])
    return torch.einsum("nhd,ohd->nho", [z, w])

  def sum_heads(self, x: Tensor, bias: List[Tensor]) -> Tensor:
    y = torch.sum(x, [1])
    if len(bias) > 0:
      y = y + bias[0]
    return y

  def activation(self, x: Tensor, kind: int) -> Tensor:
    if kind == 0:
      return torch.gelu(x)
    if kind == 1:
      return torch.gelu(x, approximate="tanh")
    if kind == 2:
      return x * torch.sigmoid(1.702 * x)
    if kind == 3:
      return torch.relu(x)
    if kind == 4:
      y = torch.relu(x)
      return y * y
    if kind == 5:
      return torch.silu(x)
    if kind == 7:
      return x * 0.5 * (1.0 + torch.tanh(0.79788456 * x * (1.0 + 0.044715 * x * x)))
    return torch.tanh(x)

  # router scores [row, expert] -> weights and numbers of the chosen experts, each [row, chosen]
  def route(self, scores: Tensor, chosen: int, renormalised: bool) -> Tuple[Tensor, Tensor]:
    weights, experts = torch.topk(torch.softmax(self.wide(scores), -1), chosen)
    if renormalised:
      weights = weights / torch.sum(weights, [-1], True)
    return (torch.type_as(weights, scores), experts)

  # chosen experts [row, chosen] -> rows in the order of their experts, ascending for each, and where each expert's end
  def by_expert(self, experts: Tensor, count: int) -> Tuple[Tensor, Tensor]:
    found, order = torch.sort(torch.reshape(experts, [-1]), stable=True, dim=0, descending=False)
    ends = torch.searchsorted(found, torch.arange(count, device=experts.device), right=True)
    return (torch.floor_divide(order, experts.size(1)), ends)

  def stretch(self, x: Tensor, first: int, count: int) -> Tensor:
    return torch.narrow(x, 0, first, count)

  # where outputs of experts are added up: [rows, d_model], or apart by expert [rows, expert, d_model]
  def no_experts(self, x: Tensor, apart: int) -> Tensor:
    if apart == 0:
      return torch.zeros_like(x)
    return torch.zeros([x.size(0), apart, x.size(1)], dtype=x.dtype, device=x.device)

  # adds what one expert gave for its rows, times the weight that each of them gives it
  def add_expert(self, sum: Tensor, rows: Tensor, out: Tensor, weights: Tensor, experts: Tensor, expert: int) -> Tensor:
    own = torch.sum(weights * torch.type_as(experts == expert, weights), [-1], True)
    to = sum
    if sum.dim() == 3:
      to = torch.select(sum, 1, expert)
    return torch.index_add_(to, 0, rows, out * torch.index_select(own, 0, rows))

  def times(self, x: Tensor, y: Tensor) -> Tensor:
    return x * y

  def logits(self, x: Tensor, weight: Tensor, bias: List[Tensor], scale: float, cap: float) -> Tensor:
    b: Optional[Tensor] = None
    if len(bias) > 0:
      b = bias[0]
    return self.capped(torch.linear(x, weight, b), scale, cap)

  def packed_logits(self, x: Tensor, weight: Tensor, bias: List[Tensor], scale: float, cap: float) -> Tensor:
    return self.capped(self.packed_linear(x, weight, bias), scale, cap)

  # logits of one token a row: x [rows, d_model], tokens [rows] -> [rows]
  def picked(self, x: Tensor, weight: Tensor, bias: List[Tensor], tokens: Tensor, scale: float, cap: float) -> Tensor:
    y = torch.sum(x * torch.index_select(weight, 0, tokens), [-1])
    if len(bias) > 0:
      y = y + torch.index_select(bias[0], 0, tokens)
    return self.capped(y, scale, cap)

  def capped(self, x: Tensor, scale: float, cap: float) -> Tensor:
    y = x
    if scale != 1.0:
      y = y * scale
    if cap > 0.0:
      y = torch.tanh(y / cap) * cap
    return y

  # mask and linear biases as one additive tensor
  def additive(self, mask: Tensor, alibi: List[Tensor], like: Tensor) -> Tensor:
    zero = torch.zeros(mask.size(), dtype=like.dtype, device=like.device)
    m = torch.masked_fill(zero, torch.logical_not(mask), -float("inf"))
    if len(alibi) > 0:
      m = m + alibi[0]
    return m
