package org.intervene.model.torchfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.model.torchfile.Pickled.Mapping;
import org.intervene.model.torchfile.Pickled.Storage;
import org.intervene.model.torchfile.Pickled.View;

/**
 * A dict of tensors that torch.save wrote: a zip archive whose entries are stored as they are, with
 * a pickle that says which bytes are which tensor.
 */
public final class TorchFile {
  private static final int MOST_ENTRIES = 10_000;
  private static final long MOST_PICKLE_BYTES = 1 << 24;

  /** Of all tensors of a file together; 1 GiB of float64. */
  private static final long MOST_ELEMENTS = 1 << 27;

  private final ZipFile zip;
  private final String folder;
  private final Map<String, ByteBuffer> storages = new HashMap<>();
  private long elements;
  private long unread;

  private TorchFile(ZipFile zip, String folder, long bytes) {
    this.zip = zip;
    this.folder = folder;
    this.unread = bytes;
  }

  /**
   * Reads all tensors of a file.
   *
   * @param problems receives what is wrong
   * @return the tensors by name; empty if something is wrong
   */
  public static Optional<Map<String, TorchTensor>> read(Path file, List<Diagnostic> problems) {
    try {
      signature(file);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        return Optional.of(new TorchFile(zip, folder(zip), Files.size(file)).tensors());
      }
    } catch (TorchProblem e) {
      String[] help = e.help().toArray(String[]::new);
      problems.add(Diagnostic.inFile(e.id(), file.toString(), e.getMessage(), help));
    } catch (IOException | IllegalArgumentException e) {
      String help = "check its permissions, or save it again with torch.save";
      String message = "the file cannot be read: " + e.getMessage();
      problems.add(Diagnostic.inFile("torch.damaged", file.toString(), message, help));
    }
    return Optional.empty();
  }

  private static void signature(Path file) throws IOException, TorchProblem {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    }
    if (Arrays.equals(start, new byte[] {'P', 'K', 3, 4})) {
      return;
    }
    if (start.length > 0 && start[0] == (byte) 0x80) {
      throw new TorchProblem(
          "torch.legacy",
          "the file has the format that torch used before version 1.6",
          "convert it once where you trust it:"
              + " `torch.save(torch.load(file, weights_only=True), file)`");
    }
    throw TorchProblem.damaged("the file was not written by torch.save");
  }

  /** The folder that all entries lie in; refuses names that no writer of torch makes. */
  private static String folder(ZipFile zip) throws TorchProblem {
    if (zip.size() > MOST_ENTRIES) {
      throw TorchProblem.damaged("the archive has " + zip.size() + " entries");
    }
    Map<String, Long> names = new HashMap<>();
    String folder = null;
    for (ZipEntry entry : zip.stream().toList()) {
      String name = entry.getName();
      int slash = name.indexOf('/');
      String top = slash < 1 ? "" : name.substring(0, slash);
      boolean climbs = Arrays.asList(name.split("[/\\\\]", -1)).contains("..");
      if (top.isEmpty() || climbs || (folder != null && !folder.equals(top))) {
        throw TorchProblem.damaged("the archive has an entry `" + name + "` outside of its folder");
      }
      if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
        throw TorchProblem.damaged(
            "the entry `" + name + "` is compressed, which torch never does");
      }
      if (names.put(name, entry.getSize()) != null) {
        throw TorchProblem.damaged("the archive has two entries `" + name + "`");
      }
      folder = top;
    }
    if (folder == null) {
      throw TorchProblem.damaged("the archive is empty");
    }
    return folder;
  }

  private Map<String, TorchTensor> tensors() throws IOException, TorchProblem {
    byte[] order = entry("byteorder", 16).orElse("little".getBytes(StandardCharsets.UTF_8));
    if (!new String(order, StandardCharsets.UTF_8).equals("little")) {
      throw TorchProblem.damaged("the numbers are not little-endian");
    }
    Optional<byte[]> pickle = entry("data.pkl", MOST_PICKLE_BYTES);
    if (pickle.isEmpty()) {
      throw TorchProblem.damaged("the archive has no data.pkl");
    }
    if (!(PickleReader.read(pickle.get()) instanceof Mapping root)) {
      throw TorchProblem.damaged("the file holds something else than a dict of tensors");
    }
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Pickled> e : root.entries().entrySet()) {
      if (!(e.getValue() instanceof View view)) {
        throw TorchProblem.damaged("`" + e.getKey() + "` is not a tensor");
      }
      tensors.put(e.getKey(), tensor(e.getKey(), view));
    }
    return tensors;
  }

  private TorchTensor tensor(String name, View view) throws IOException, TorchProblem {
    long count = count(name, view);
    ByteBuffer bytes = storage(view.storage());
    int[] shape = Arrays.stream(view.size()).mapToInt(Math::toIntExact).toArray();
    double[] values = new double[(int) count];
    int[] index = new int[shape.length];
    int place = (int) view.offset();
    for (int n = 0; n < values.length; n++) {
      values[n] = view.storage().type().at(bytes, place);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        place += (int) view.stride()[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        place -= (int) view.stride()[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    return new TorchTensor(view.storage().type().dtype(), shape, values);
  }

  /** How many elements a view has, after making sure that none lies outside of its storage. */
  private long count(String name, View view) throws TorchProblem {
    try {
      long count = 1;
      long last = view.offset();
      boolean axes = LongStream.of(view.size()).allMatch(n -> n <= MOST_ELEMENTS);
      for (int i = 0; i < view.size().length; i++) {
        count = Math.multiplyExact(count, view.size()[i]);
        last =
            Math.addExact(
                last, Math.multiplyExact(view.stride()[i], Math.max(0, view.size()[i] - 1)));
      }
      elements = Math.addExact(elements, count);
      boolean inside = axes && view.offset() >= 0 && (count == 0 || last < view.storage().count());
      if (inside && elements <= MOST_ELEMENTS && view.storage().count() <= MOST_ELEMENTS) {
        return count;
      }
    } catch (ArithmeticException e) {
      // sizes that no machine could hold are outside of the storage too
    }
    throw TorchProblem.damaged(
        "`" + name + "` is larger than its storage, or than what is read of one file");
  }

  private ByteBuffer storage(Storage storage) throws IOException, TorchProblem {
    ByteBuffer known = storages.get(storage.key());
    long length = storage.count() * storage.type().bytes();
    if (known == null) {
      Optional<byte[]> bytes = entry("data/" + storage.key(), length);
      known = ByteBuffer.wrap(bytes.orElse(new byte[0])).order(ByteOrder.LITTLE_ENDIAN);
      storages.put(storage.key(), known);
    }
    if (known.capacity() != length) {
      throw TorchProblem.damaged(
          "the storage `" + storage.key() + "` has not the length it claims");
    }
    return known;
  }

  private Optional<byte[]> entry(String name, long most) throws IOException, TorchProblem {
    ZipEntry entry = zip.getEntry(folder + "/" + name);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.getSize() > most) {
      throw TorchProblem.damaged("the entry `" + name + "` has " + entry.getSize() + " bytes");
    }
    unread -= entry.getSize();
    if (unread < 0) {
      throw TorchProblem.damaged("the archive's entries overlap");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) most);
      if (bytes.length != entry.getSize()) {
        throw TorchProblem.damaged("the entry `" + name + "` ends too early");
      }
      return Optional.of(bytes);
    }
  }
}
