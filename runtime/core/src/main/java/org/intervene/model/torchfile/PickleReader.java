package org.intervene.model.torchfile;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets a pickle far enough to find tensors in it: containers, texts, whole numbers, and the
 * calls that {@link TensorCalls} answers itself. No class is loaded and nothing is called.
 */
final class PickleReader {
  /** More than any file of tensors needs, and little enough for any heap. */
  private static final int MOST_VALUES = 1_000_000;

  private final ByteBuffer in;
  private final Map<Integer, Pickled> memo = new HashMap<>();
  private final Deque<List<Pickled>> marked = new ArrayDeque<>();
  private List<Pickled> stack = new ArrayList<>();
  private int values;

  private PickleReader(byte[] pickle) {
    this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The object that a pickle describes. */
  static Pickled read(byte[] pickle) throws TorchProblem {
    PickleReader reader = new PickleReader(pickle);
    try {
      return reader.run();
    } catch (BufferUnderflowException e) {
      throw TorchProblem.damaged("the pickle ends in the middle of a value");
    }
  }

  private Pickled run() throws TorchProblem {
    while (true) {
      int opcode = in.get() & 0xFF;
      if (opcode == '.') {
        return pop();
      }
      step(opcode);
    }
  }

  private void step(int opcode) throws TorchProblem {
    switch (opcode) {
      case 0x80 -> version(in.get());
      case 0x95 -> in.getLong(); // the length of a frame, which means nothing
      case '(' -> {
        marked.push(stack);
        stack = new ArrayList<>();
      }
      case '0' -> pop();
      case 'N', 'G' -> nothing(opcode);
      case 0x88, 0x89 -> push(new Pickled.Whole(opcode == 0x88 ? 1 : 0));
      case 'K' -> push(new Pickled.Whole(in.get() & 0xFF));
      case 'M' -> push(new Pickled.Whole(in.getShort() & 0xFFFF));
      case 'J' -> push(new Pickled.Whole(in.getInt()));
      case 0x8a -> push(new Pickled.Whole(longInteger()));
      case 'X' -> push(new Pickled.Text(text(in.getInt())));
      case 0x8c -> push(new Pickled.Text(text(in.get() & 0xFF)));
      case 'c' -> push(new Pickled.Global(line(), line()));
      case 0x93 -> {
        String name = text(pop());
        push(new Pickled.Global(text(pop()), name));
      }
      case 'q' -> memo.put(in.get() & 0xFF, top());
      case 'r' -> memo.put(in.getInt(), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'h' -> recall(in.get() & 0xFF);
      case 'j' -> recall(in.getInt());
      default -> container(opcode);
    }
  }

  private void container(int opcode) throws TorchProblem {
    switch (opcode) {
      case ')', ']' -> push(new Pickled.Sequence(new ArrayList<>()));
      case 't' -> push(new Pickled.Sequence(sinceMark()));
      case 0x85 -> push(new Pickled.Sequence(last(1)));
      case 0x86 -> push(new Pickled.Sequence(last(2)));
      case 0x87 -> push(new Pickled.Sequence(last(3)));
      case '}' -> push(new Pickled.Mapping(new LinkedHashMap<>()));
      case 'a' -> append(last(1));
      case 'e' -> append(sinceMark());
      case 's' -> put(last(2));
      case 'u' -> put(sinceMark());
      case 'Q' -> push(TensorCalls.storage(pop()));
      case 'R', 0x81 -> {
        Pickled arguments = pop();
        push(TensorCalls.call(pop(), arguments));
      }
      case 'b' -> {
        pop();
        if (!(top() instanceof Pickled.Mapping)) {
          throw unsupported("BUILD of something that is not a dict");
        }
      }
      default -> throw unsupported(String.format("the opcode 0x%02x", opcode));
    }
  }

  private static TorchProblem unsupported(String what) {
    return new TorchProblem(
        "torch.unsupported",
        "the pickle holds " + what + ", which no file of tensors needs",
        "save a dict of tensors: `torch.save({name: tensor}, file)`");
  }

  private static void version(int version) throws TorchProblem {
    if (version < 2 || version > 5) {
      throw unsupported("protocol " + version);
    }
  }

  private void nothing(int opcode) throws TorchProblem {
    if (opcode == 'G') {
      in.getDouble();
    }
    push(new Pickled.Nothing());
  }

  private long longInteger() throws TorchProblem {
    byte[] little = bytes(in.get() & 0xFF);
    if (little.length > 8) {
      throw TorchProblem.damaged("the pickle holds a whole number of more than 64 bits");
    }
    byte[] big = new byte[little.length + (little.length == 0 ? 1 : 0)];
    for (int i = 0; i < little.length; i++) {
      big[little.length - 1 - i] = little[i];
    }
    return new BigInteger(big).longValue();
  }

  private byte[] bytes(int length) throws TorchProblem {
    if (length < 0 || length > in.remaining()) {
      throw TorchProblem.damaged("the pickle holds a text that is longer than itself");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private String text(int length) throws TorchProblem {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  private static String text(Pickled value) throws TorchProblem {
    if (value instanceof Pickled.Text text) {
      return text.value();
    }
    throw TorchProblem.damaged("the pickle has something else where a text belongs");
  }

  private String line() {
    int start = in.position();
    while (in.get() != '\n') {}
    byte[] bytes = new byte[in.position() - 1 - start];
    in.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void push(Pickled value) throws TorchProblem {
    values++;
    if (values > MOST_VALUES) {
      throw TorchProblem.damaged("the pickle holds more than " + MOST_VALUES + " values");
    }
    stack.add(value);
  }

  private void recall(int key) throws TorchProblem {
    Pickled value = memo.get(key);
    if (value == null) {
      throw TorchProblem.damaged("the pickle refers to a value that it has not stored");
    }
    push(value);
  }

  private Pickled top() throws TorchProblem {
    if (stack.isEmpty()) {
      throw TorchProblem.damaged("the pickle takes a value where none is");
    }
    return stack.get(stack.size() - 1);
  }

  private Pickled pop() throws TorchProblem {
    Pickled top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<Pickled> last(int count) throws TorchProblem {
    if (stack.size() < count) {
      throw TorchProblem.damaged("the pickle takes a value where none is");
    }
    List<Pickled> tail = stack.subList(stack.size() - count, stack.size());
    List<Pickled> taken = new ArrayList<>(tail);
    tail.clear();
    return taken;
  }

  private List<Pickled> sinceMark() throws TorchProblem {
    if (marked.isEmpty()) {
      throw TorchProblem.damaged("the pickle closes what it has not opened");
    }
    List<Pickled> taken = stack;
    stack = marked.pop();
    return taken;
  }

  private void append(List<Pickled> items) throws TorchProblem {
    if (!(top() instanceof Pickled.Sequence list)) {
      throw TorchProblem.damaged("the pickle appends to something that is not a list");
    }
    list.items().addAll(items);
  }

  private void put(List<Pickled> pairs) throws TorchProblem {
    if (!(top() instanceof Pickled.Mapping mapping) || pairs.size() % 2 != 0) {
      throw TorchProblem.damaged("the pickle sets an entry of something that is not a dict");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      mapping.entries().put(text(pairs.get(i)), pairs.get(i + 1));
    }
  }
}
