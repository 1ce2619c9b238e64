package org.intervene.pyvene;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.model.torchfile.TorchTensor;
import org.intervene.pyvene.Target.Part;

/** Writes the statements of one intervention into a program. */
final class Statements {
  /** Types that have no equivalent, with what they do. */
  private static final Map<String, String> UNKNOWN =
      Map.of(
          "NoiseIntervention", "it adds noise that numpy draws, the same at every call",
          "BoundlessRotatedSpaceIntervention", "it mixes rotated dimensions by a soft boundary",
          "SigmoidMaskRotatedSpaceIntervention", "it mixes rotated dimensions by a soft mask",
          "SigmoidMaskIntervention", "it mixes base and source by a soft mask",
          "PCARotatedSpaceIntervention", "it divides by deviations, and its file lacks them",
          "AutoencoderIntervention", "it leaves out what the autoencoder cannot reconstruct",
          "JumpReLUAutoencoderIntervention",
              "it leaves out what the autoencoder cannot reconstruct",
          "LambdaIntervention", "it is a function, and pyvene saves no code");

  private static final Set<String> SOURCELESS =
      Set.of("ZeroIntervention", "CollectIntervention", Representation.UNKNOWN);

  private final ModelFacts facts;
  private final Weights weights;
  private final SavedTensors tensors;
  private final Rotated rotated;
  private final Problems problems;

  Statements(
      ModelFacts facts, Call call, Weights weights, SavedTensors tensors, Problems problems) {
    this.rotated = new Rotated(facts, call, weights, tensors, problems);
    this.facts = facts;
    this.weights = weights;
    this.tensors = tensors;
    this.problems = problems;
  }

  /** Whether an intervention takes a value from another input. */
  static boolean readsSource(Representation r) {
    return !r.constant() && !SOURCELESS.contains(r.type());
  }

  /**
   * Adds an intervention's statements.
   *
   * @param run that is changed
   * @param source run that is read, and its column; only where {@link #readsSource}
   */
  void write(
      Target target, int example, Program program, String run, String source, String column) {
    Representation r = target.of();
    switch (r.type()) {
      case "VanillaIntervention", "AdditionIntervention", "SubtractionIntervention" -> {
        if (r.constant()) {
          constant(target, program, run);
        } else {
          exchange(target, program, run, source, column);
        }
      }
      case "ZeroIntervention" ->
          target.parts(facts).forEach(p -> program.add(run, "zero " + p.to()));
      case "CollectIntervention" -> collect(target, program, run);
      case "SkipIntervention" -> skip(target, program, run, source);
      case "RotatedSpaceIntervention", "LowRankRotatedSpaceIntervention" ->
          rotated.write(target, example, program, run, source, column);
      case Representation.UNKNOWN -> {}
      default ->
          problems.noEquivalent(
              r.typeAt(),
              "`"
                  + r.type()
                  + "` has no equivalent"
                  + Optional.ofNullable(UNKNOWN.get(r.type())).map(why -> ": " + why).orElse(""),
              "remove it from the config, or write what it should do by hand");
    }
  }

  private void collect(Target target, Program program, String run) {
    List<Part> parts = target.parts(facts);
    for (int i = 0; i < parts.size(); i++) {
      String name = "collected_" + target.of().index() + (parts.size() == 1 ? "" : "_" + i);
      program.add(run, "collect " + parts.get(i).to() + " as " + name);
    }
  }

  private void exchange(Target target, Program program, String run, String source, String column) {
    String type = target.of().type();
    for (Part part : target.parts(facts)) {
      String from = part.inPlace() ? "" : " [" + part.from() + "]";
      if (type.equals("VanillaIntervention")) {
        program.add(run, "patch " + part.to() + " from " + source + from);
        continue;
      }
      String read = source;
      if (!part.inPlace()) {
        // `add` reads the slice that it changes, so another run brings the value there first
        read = program.run("moved_" + target.of().index(), column);
        program.add(read, "patch " + part.to() + " from " + source + from);
      }
      String verb = type.equals("AdditionIntervention") ? "add " : "subtract ";
      program.add(run, verb + part.to() + " from " + read);
    }
  }

  private void constant(Target target, Program program, String run) {
    Representation r = target.of();
    Optional<TorchTensor> saved = weights.tensor(r, "source_representation");
    if (saved.isEmpty()) {
      return;
    }
    int width = target.component().width(facts);
    int[] shape = saved.get().shape();
    if (saved.get().elements().length != width
        || shape.length == 0
        || shape[shape.length - 1] != width) {
      problems.noEquivalent(
          r.at(),
          "its source is " + saved.get() + ", and a vector of " + width + " elements is wanted",
          "save one vector for every place");
      return;
    }
    for (Part part : target.parts(facts)) {
      String v = tensors.vector("saved_" + r.index(), saved.get().elements(), part.dims());
      program.add(
          run,
          switch (r.type()) {
            case "VanillaIntervention" -> "set " + part.to() + " to " + v;
            case "AdditionIntervention" -> "steer " + part.to() + " by " + v;
            default -> "steer " + part.to() + " by -" + v;
          });
    }
  }

  /** pyvene puts the source's input of the module where the base's output is. */
  private void skip(Target target, Program program, String run, String source) {
    Site input =
        switch (target.component().site()) {
          case RESID_POST -> Site.RESID_PRE;
          case MLP_OUT -> Site.MLP_IN;
          default -> null;
        };
    if (input == null) {
      problems.noEquivalent(
          target.of().at(),
          "of a `" + target.of().component() + "` the module's input is no site of this language",
          "skip a block_output or an mlp_output");
      return;
    }
    String name = target.component().site().spelled() + "[";
    for (Part part : target.parts(facts)) {
      String from = input.spelled() + "[" + part.from().substring(name.length());
      program.add(run, "patch " + part.to() + " from " + source + " [" + from + "]");
    }
  }
}
