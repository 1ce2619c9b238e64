package org.intervene.model.torchfile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.intervene.model.torchfile.Pickled.Global;
import org.intervene.model.torchfile.Pickled.Sequence;
import org.intervene.model.torchfile.Pickled.Storage;
import org.intervene.model.torchfile.Pickled.Text;
import org.intervene.model.torchfile.Pickled.View;
import org.intervene.model.torchfile.Pickled.Whole;

/** The calls in a pickle that make tensors and their containers; every other one is refused. */
final class TensorCalls {
  private static final int MOST_AXES = 8;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_]{1,64}");

  private TensorCalls() {}

  /** What a call gives. */
  static Pickled call(Pickled function, Pickled arguments) throws TorchProblem {
    if (!(function instanceof Global global) || !(arguments instanceof Sequence given)) {
      throw TorchProblem.damaged("the pickle calls something that has no name");
    }
    List<Pickled> items = given.items();
    return switch (global.toString()) {
      case "collections.OrderedDict" -> empty(items);
      case "torch._utils._rebuild_tensor_v2" -> tensor(items);
      case "torch._utils._rebuild_parameter" -> parameter(items);
      default -> throw refused(global);
    };
  }

  private static TorchProblem refused(Global global) {
    return new TorchProblem(
        "torch.refused",
        "the file wants `" + global + "` to be called, which makes no tensor; nothing was called",
        "do not load this file elsewhere unless you trust where it comes from",
        "save the tensors alone: `torch.save({name: tensor}, file)`");
  }

  private static Pickled empty(List<Pickled> arguments) throws TorchProblem {
    if (!arguments.isEmpty()) {
      throw TorchProblem.damaged("an OrderedDict is made with arguments");
    }
    return new Pickled.Mapping(new LinkedHashMap<>());
  }

  private static Pickled parameter(List<Pickled> arguments) throws TorchProblem {
    if (arguments.isEmpty() || !(arguments.get(0) instanceof View view)) {
      throw TorchProblem.damaged("a parameter is made of something that is not a tensor");
    }
    return view;
  }

  /** Storage, offset, size, stride, and what gradients need, which is ignored. */
  private static Pickled tensor(List<Pickled> arguments) throws TorchProblem {
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof Storage storage)
        || !(arguments.get(1) instanceof Whole offset)) {
      throw TorchProblem.damaged("a tensor is made without storage, offset, size and stride");
    }
    long[] size = numbers(arguments.get(2));
    long[] stride = numbers(arguments.get(3));
    if (size.length != stride.length) {
      throw TorchProblem.damaged("a tensor has " + size.length + " axes and other strides");
    }
    return new View(storage, offset.value(), size, stride);
  }

  private static long[] numbers(Pickled value) throws TorchProblem {
    if (!(value instanceof Sequence sequence) || sequence.items().size() > MOST_AXES) {
      throw TorchProblem.damaged("a tensor's axes are not a tuple of at most " + MOST_AXES);
    }
    long[] numbers = new long[sequence.items().size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(sequence.items().get(i) instanceof Whole whole) || whole.value() < 0) {
        throw TorchProblem.damaged("the length or the stride of an axis is not a natural number");
      }
      numbers[i] = whole.value();
    }
    return numbers;
  }

  /** What a persistent id names: {@code ("storage", class, key, location, count)}. */
  static Pickled storage(Pickled id) throws TorchProblem {
    if (!(id instanceof Sequence tuple)
        || tuple.items().size() < 5
        || !(tuple.items().get(0) instanceof Text kind)
        || !kind.value().equals("storage")
        || !(tuple.items().get(1) instanceof Global type)
        || !(tuple.items().get(2) instanceof Text key)
        || !(tuple.items().get(4) instanceof Whole count)) {
      throw TorchProblem.damaged("the pickle refers to something that is not a storage");
    }
    StorageType of =
        StorageType.of(type.module(), type.name()).orElseThrow(() -> refusedStorage(type));
    if (!KEY.matcher(key.value()).matches() || count.value() < 0) {
      throw TorchProblem.damaged("a storage has no usable name or length");
    }
    return new Storage(of, key.value(), count.value());
  }

  private static TorchProblem refusedStorage(Global type) {
    return new TorchProblem(
        "torch.refused",
        "the file wants `" + type + "` as a storage, which holds no numbers that are known here",
        "save the tensors as float32 or float64");
  }
}
