class M(Module):
  # A private mapping of the first bytes of a file.
  def map_file(self, path: str, length: int) -> Tensor:
    return torch.from_file(path, False, length, dtype=0)

  # Bytes seen as numbers; first counts in elements.
  def view(self, data: Tensor, dtype: int, first: int, shape: List[int], strides: List[int]) -> Tensor:
    return torch.set_(torch.empty([0], dtype=dtype), data, first, shape, strides)

  # The same where the first byte is no multiple of an element's size.
  def view_unaligned(self, data: Tensor, dtype: int, first_byte: int, length: int, shape: List[int], strides: List[int]) -> Tensor:
    part = torch.clone(torch.slice(data, 0, first_byte, torch.add(first_byte, length)))
    return torch.set_(torch.empty([0], dtype=dtype), part, 0, shape, strides)
