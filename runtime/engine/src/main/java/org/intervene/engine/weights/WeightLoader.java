package org.intervene.engine.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.script.Home;
import org.intervene.engine.script.ScriptModule;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Dtype;
import org.intervene.model.part.Linear;
import org.intervene.model.part.Norm;
import org.intervene.model.part.Rows;
import org.intervene.model.part.TensorRef;
import org.intervene.model.safetensors.Checkpoint;
import org.intervene.model.safetensors.TensorEntry;

/**
 * Loads the weights of one model. A tensor that has the wanted dtype already is a view of the
 * mapped file and costs no memory of its own. Any other is converted alone: its part of the file is
 * mapped for as long as that takes, so memory peaks at the converted weights plus one tensor.
 *
 * <p>Values that are not finite are refused, after all tensors were looked at.
 */
public final class WeightLoader {
  private static final ScriptModule SCRIPT =
      ScriptModule.ofResource(WeightLoader.class, "weights.py");

  private final Checkpoint checkpoint;
  private final Dtype dtype;
  private final Products products;
  private final NDManager host;
  private final MappedFiles files;
  private final Packing packing;
  private NDManager owner;
  private final Map<TensorRef, NDArray> loaded = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final List<Diagnostic> problems = new ArrayList<>();

  /**
   * A loader that has loaded nothing yet.
   *
   * @param checkpoint checked against the architecture before
   * @param dtype of all tensors that it gives
   * @param owner manager of the tensors that it gives, until {@link #into} names another
   */
  public WeightLoader(Checkpoint checkpoint, Dtype dtype, NDManager owner) {
    this(checkpoint, dtype, owner, Products.PACKED);
  }

  /**
   * The same.
   *
   * @param products how linear maps are to be multiplied
   */
  public WeightLoader(Checkpoint checkpoint, Dtype dtype, NDManager owner, Products products) {
    this.checkpoint = checkpoint;
    this.products = products;
    this.dtype = dtype;
    this.owner = owner;
    this.host = Home.CPU.under(owner);
    this.files = new MappedFiles(checkpoint, host);
    this.packing = new Packing(host);
  }

  /** Lets another manager, maybe of another home, own the tensors that are loaded from now on. */
  public void into(NDManager next) {
    owner = next;
  }

  /** A weight; the same tensor where it was loaded before, as with tied embeddings. */
  public NDArray tensor(TensorRef ref) {
    NDArray known = loaded.get(ref);
    if (known == null) {
      known = load(List.of(ref));
      loaded.put(ref, known);
    }
    return known;
  }

  /** Whether linear maps are to be packed: only float32 on a CPU can be. */
  public boolean packs() {
    return products == Products.PACKED && dtype == Dtype.FLOAT32 && !Home.of(owner).isGpu();
  }

  private boolean stays() {
    return Home.of(owner).equals(Home.CPU);
  }

  /** One linear map that gives the outputs of several, one after the other. */
  public LinearWeights linear(Linear... parts) {
    List<TensorRef> refs = List.of(parts).stream().map(Linear::weight).toList();
    boolean packs = packs();
    return new LinearWeights(packs ? packed(refs) : load(refs), packs, bias(List.of(parts)));
  }

  /** Pages of the file that were read for a packed copy are let go at once. */
  private NDArray packed(List<TensorRef> refs) {
    if (dtypeOf(refs.get(0)) == Dtype.FLOAT64 || !stays()) {
      try (NDArray checked = load(refs)) {
        return Packing.packed(owner, checked);
      }
    }
    try (NDManager scope = host.newSubManager()) {
      return packing.joined(owner, parts(scope, refs));
    }
  }

  private NDArray bias(List<Linear> parts) {
    if (parts.stream().allMatch(p -> p.bias().isEmpty())) {
      return null;
    }
    if (parts.stream().allMatch(p -> p.bias().isPresent())) {
      return load(parts.stream().map(p -> p.bias().orElseThrow()).toList());
    }
    return mixedBias(parts);
  }

  /** A norm's weight and bias. */
  public NormWeights norm(Norm norm) {
    return new NormWeights(norm, stacked(norm.weight()), stacked(norm.bias()));
  }

  /** One tensor as it is, several on a new first axis, none as null. */
  private NDArray stacked(List<TensorRef> refs) {
    if (refs.isEmpty()) {
      return null;
    }
    if (refs.size() == 1) {
      return tensor(refs.get(0));
    }
    try (NDArray flat = load(refs)) {
      return flat.reshape(refs.size(), refs.get(0).shape()[0]);
    }
  }

  /** Refuses a second copy of a tied embedding that differs from the first. */
  public void requireSame(TensorRef ref, String copy) {
    Optional<TensorEntry> second = checkpoint.tensor(copy);
    if (second.isEmpty() || copy.equals(ref.name())) {
      return;
    }
    try (NDManager scope = host.newSubManager()) {
      NDArray one = files.part(scope, checkpoint.tensor(ref.name()).orElseThrow());
      NDArray two = files.part(scope, second.get());
      if (!SCRIPT.callBoolean("same", one, two)) {
        problems.add(
            Diagnostic.inFile(
                "weights.tied-differ",
                second.get().file().toString(),
                "config.json ties `"
                    + copy
                    + "` to `"
                    + ref.name()
                    + "`, but the file holds different values for them",
                "set `tie_word_embeddings` to false if the model has an unembedding of its own"));
      }
    }
  }

  /**
   * Ends loading.
   *
   * @throws DiagnosticException if anything was wrong with a tensor
   */
  public void finish() {
    packing.close();
    if (!problems.isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.RESOURCE, problems);
    }
  }

  private NDArray mixedBias(List<Linear> parts) {
    try (NDManager scope = host.newSubManager()) {
      NDArray[] biases =
          parts.stream()
              .map(p -> p.bias().map(b -> part(scope, b)).orElseGet(() -> zeros(scope, p.out())))
              .toArray(NDArray[]::new);
      NDArray all = joined(stays() ? owner : scope, biases, room(scope, dtype, biases));
      return Home.brought(owner, all);
    }
  }

  /** The rows of several parts, one below the other, at the start of a piece of memory. */
  static NDArray joined(NDManager lasting, NDArray[] parts, NDArray room) {
    return SCRIPT.call(lasting, "join_in", parts, room);
  }

  /** Memory for all elements of some parts. */
  static NDArray room(NDManager owner, Dtype dtype, NDArray... parts) {
    return Tensors.empty(owner, dtype, Arrays.stream(parts).mapToLong(NDArray::size).sum());
  }

  private NDArray zeros(NDManager scope, int length) {
    return Tensors.zeros(scope, dtype, length);
  }

  /** What goes elsewhere is made on the CPU first, alone, and gone from there before the next. */
  private NDArray load(List<TensorRef> refs) {
    if (stays()) {
      return onHost(refs);
    }
    try (NDManager scope = host.newSubManager()) {
      return Home.brought(owner, made(scope, refs));
    }
  }

  private NDArray onHost(List<TensorRef> refs) {
    TensorRef first = refs.get(0);
    if (whole(refs).isPresent() && dtypeOf(first) == dtype) {
      TensorEntry entry = checkpoint.tensor(first.name()).orElseThrow();
      NDArray view = files.lasting(entry);
      checkFinite(entry, view);
      return first.transposed() ? SCRIPT.call(owner, "transpose", view) : view;
    }
    return made(owner, refs);
  }

  /** A tensor in the run's dtype that shares no memory with the file. */
  private NDArray made(NDManager lasting, List<TensorRef> refs) {
    try (NDManager scope = host.newSubManager()) {
      NDArray[] parts = parts(scope, refs);
      NDArray result =
          parts.length == 1
              ? SCRIPT.call(lasting, "convert", parts[0], Tensors.scalarType(dtype))
              : joined(lasting, parts, room(scope, dtype, parts));
      checkFits(refs.get(0), result);
      return result;
    }
  }

  private NDArray[] parts(NDManager scope, List<TensorRef> refs) {
    return whole(refs).map(List::of).orElse(refs).stream()
        .map(r -> part(scope, r))
        .toArray(NDArray[]::new);
  }

  /** The whole tensor, if the parts are all of it in the file's own order. */
  private static Optional<TensorRef> whole(List<TensorRef> refs) {
    TensorRef first = refs.get(0);
    TensorRef all =
        new TensorRef(first.name(), first.fileShape(), first.transposed(), Optional.empty());
    if (refs.size() == 1 && first.rows().isEmpty()) {
      return Optional.of(all);
    }
    int next = 0;
    for (TensorRef ref : refs) {
      boolean follows =
          ref.name().equals(first.name())
              && ref.rows().orElse(null) instanceof Rows.Range range
              && range.first() == next;
      if (!follows) {
        return Optional.empty();
      }
      next += ref.rows().orElseThrow().count();
    }
    return next == all.shape()[0] ? Optional.of(all) : Optional.empty();
  }

  /** A weight in the file's dtype, on a mapping that ends with the scope. */
  private NDArray part(NDManager scope, TensorRef ref) {
    TensorEntry entry = checkpoint.tensor(ref.name()).orElseThrow();
    NDArray x = files.part(scope, entry);
    checkFinite(entry, x);
    if (ref.transposed()) {
      x = SCRIPT.call(scope, "transpose", x);
    }
    if (ref.rows().orElse(null) instanceof Rows.Range range) {
      x = SCRIPT.call(scope, "row_range", x, range.first(), range.count());
    } else if (ref.rows().orElse(null) instanceof Rows.Order order) {
      x = SCRIPT.call(scope, "pick_rows", x, order.rows());
    }
    return x;
  }

  private Dtype dtypeOf(TensorRef ref) {
    return Dtype.inSafetensors(checkpoint.tensor(ref.name()).orElseThrow().dtype()).orElseThrow();
  }

  private void checkFinite(TensorEntry entry, NDArray x) {
    if (!finite(x)) {
      report(
          entry,
          "weights.not-finite",
          "tensor `" + entry.name() + "` holds NaN or infinite values",
          "every result would be NaN; download or save the file again");
    }
  }

  /** A finite value that is too large for a narrower dtype becomes infinite. */
  private void checkFits(TensorRef ref, NDArray converted) {
    TensorEntry entry = checkpoint.tensor(ref.name()).orElseThrow();
    boolean narrower = dtype == Dtype.FLOAT16 || dtypeOf(ref) == Dtype.FLOAT64;
    if (narrower && !finite(converted)) {
      report(
          entry,
          "weights.overflow",
          "tensor `" + entry.name() + "` holds values too large for " + dtype.spelled(),
          "run the model in a wider dtype, such as float32");
    }
  }

  private static boolean finite(NDArray x) {
    if (x.getShape().size() == 0) {
      return true;
    }
    double[] extremes = SCRIPT.callDoubles("extremes", x);
    return Double.isFinite(extremes[0]) && Double.isFinite(extremes[1]);
  }

  /** The first problem of a tensor; what follows from it is not worth a message. */
  private void report(TensorEntry entry, String id, String message, String help) {
    if (broken.add(entry.name())) {
      problems.add(Diagnostic.inFile(id, entry.file().toString(), message, help));
    }
  }
}
