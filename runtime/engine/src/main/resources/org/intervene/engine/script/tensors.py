class M(Module):
  def cast(self, x: Tensor, dtype: int) -> Tensor:
    return torch.to(x, dtype)

  # A copy on another device that waits for nothing: it is done in its turn, from a copy that the driver takes at once.
  def sent(self, x: Tensor, device: str) -> Tensor:
    return torch.to(x, torch.device(device), x.dtype, True, True)

  # The clone starts at the beginning of a storage of its own, which a tensor of bytes then shares.
  def raw_bytes(self, x: Tensor) -> Tensor:
    copy = torch.clone(torch.reshape(x, [-1]), memory_format=0)
    length = torch.mul(torch.numel(copy), torch.element_size(copy))
    return torch.set_(torch.empty([0], dtype=0, device=x.device), copy, 0, [length], [1])

  # Numbers in memory that a tensor of bytes goes on sharing, on its device.
  def numbers(self, data: Tensor, dtype: int, shape: List[int], strides: List[int]) -> Tensor:
    return torch.set_(torch.new_empty(data, [0], dtype=dtype), data, 0, shape, strides)

  def zeros(self, shape: List[int], dtype: int, device: str) -> Tensor:
    return torch.zeros(shape, dtype=dtype, device=torch.device(device))

  def empty(self, shape: List[int], dtype: int, device: str) -> Tensor:
    return torch.empty(shape, dtype=dtype, device=torch.device(device))

  def scalar_type(self, x: Tensor) -> int:
    return x.dtype
