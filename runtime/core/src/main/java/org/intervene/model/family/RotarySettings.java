package org.intervene.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.intervene.model.part.Rotary;
import org.intervene.model.part.RotaryFrequencies;
import org.intervene.model.part.RotaryScaling;

/**
 * Reads the settings of a rotary embedding: {@code rope_parameters} as transformers 5 writes them,
 * or {@code rope_scaling}, {@code rope_theta} and {@code partial_rotary_factor} as older
 * checkpoints have them. What stands inside has precedence over what stands beside.
 *
 * @param dHead elements of a head
 * @param theta base where the config has none
 * @param partial whether the family reads which part of a head turns; others turn all of it, and
 *     transformers passes over a part that their config gives
 * @param share part of a head that turns, where the config has none
 * @param interleaved whether neighbours are a pair
 */
record RotarySettings(int dHead, double theta, boolean partial, double share, boolean interleaved) {

  /** All of a head turns, halves paired, with base 10000. */
  static RotarySettings usual(int dHead) {
    return new RotarySettings(dHead, 10000, false, 1, false);
  }

  RotarySettings base(double other) {
    return new RotarySettings(dHead, other, partial, share, interleaved);
  }

  /** A part of a head turns, this one where the config has none. */
  RotarySettings part(double other) {
    return new RotarySettings(dHead, theta, true, other, interleaved);
  }

  /** Neighbours are a pair. */
  RotarySettings neighbours() {
    return new RotarySettings(dHead, theta, partial, share, true);
  }

  /** The one rotary embedding of a model. */
  Rotary read(Config config) {
    double outerTheta = config.number("rope_theta", theta);
    double outerShare = share(config);
    OptionalInt original = config.sizeIfAny("original_max_position_embeddings");
    int positions = config.size("max_position_embeddings", 2048);
    Optional<Config> older = config.object("rope_scaling");
    Optional<Config> newer = config.object("rope_parameters");
    Optional<Config> settings = older.isPresent() ? older : newer;
    return new RotarySettings(dHead, outerTheta, partial, outerShare, interleaved)
        .read(config, settings, original, positions);
  }

  /**
   * One of several.
   *
   * @param config where problems are reported
   * @param settings absent means no scaling
   * @param original trained length that stands beside the settings
   */
  Rotary read(Config config, Optional<Config> settings, OptionalInt original, int maxPositions) {
    double base = settings.map(s -> s.number("rope_theta", theta)).orElse(theta);
    double part = settings.map(this::share).orElse(share);
    int dims = (int) (dHead * part);
    if (dims < 2 || dims % 2 != 0 || dims > dHead) {
      config.contradiction(
          "rotary embeddings turn " + dims + " of the " + dHead + " elements of a head",
          "the number has to be even and between 2 and the head's width");
      dims = 2;
    }
    RotaryScaling.Plain plain = new RotaryScaling.Plain(dims, base);
    RotaryFrequencies frequencies =
        settings.map(s -> scaled(s, plain, original, maxPositions)).orElse(plain);
    return new Rotary(dims, interleaved, frequencies);
  }

  private double share(Config settings) {
    double given = settings.number("partial_rotary_factor", share);
    if (!partial && given != share) {
      settings.unsupported(
          "partial_rotary_factor", "rotary embeddings of this family turn whole heads");
      return share;
    }
    return given;
  }

  private static RotaryFrequencies scaled(
      Config settings, RotaryScaling.Plain plain, OptionalInt original, int maxPositions) {
    String type = settings.text("rope_type", settings.text("type", "default"));
    RotaryFrequencies frequencies =
        switch (type) {
          case "default" -> plain;
          case "linear" -> new RotaryScaling.Linear(plain, factor(settings));
          case "dynamic" -> new RotaryScaling.Dynamic(plain, factor(settings), maxPositions);
          case "llama3" -> llama3(settings, plain, original, maxPositions);
          case "yarn" -> yarn(settings, plain, original, maxPositions);
          case "longrope", "su" -> longrope(settings, plain, original, maxPositions);
          default -> {
            settings.unsupported(
                "rope_type", "known are default, linear, dynamic, llama3, yarn and longrope");
            yield plain;
          }
        };
    settings.finish();
    return frequencies;
  }

  private static double factor(Config settings) {
    return settings.positive("factor");
  }

  /** A trained length beside the settings has precedence over one inside. */
  private static int trained(Config settings, OptionalInt original, int maxPositions) {
    int inside = settings.size("original_max_position_embeddings", maxPositions);
    return original.orElse(inside);
  }

  private static RotaryFrequencies llama3(
      Config settings, RotaryScaling.Plain plain, OptionalInt original, int maxPositions) {
    return new RotaryScaling.Llama3(
        plain,
        factor(settings),
        settings.positive("low_freq_factor"),
        settings.positive("high_freq_factor"),
        trained(settings, original, maxPositions));
  }

  private static RotaryFrequencies yarn(
      Config settings, RotaryScaling.Plain plain, OptionalInt original, int maxPositions) {
    int trained = trained(settings, original, maxPositions);
    double factor = settings.number("factor", (double) maxPositions / trained);
    double mscale = settings.number("mscale", 0);
    double mscaleAll = settings.number("mscale_all_dim", 0);
    double attention =
        mscale != 0 && mscaleAll != 0
            ? temperature(factor, mscale) / temperature(factor, mscaleAll)
            : temperature(factor, 1);
    return new RotaryScaling.Yarn(
        plain,
        factor,
        settings.number("beta_fast", 32),
        settings.number("beta_slow", 1),
        trained,
        settings.flag("truncate", true),
        settings.number("attention_factor", attention));
  }

  private static double temperature(double factor, double mscale) {
    return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
  }

  private static RotaryFrequencies longrope(
      Config settings, RotaryScaling.Plain plain, OptionalInt original, int maxPositions) {
    int trained = trained(settings, original, maxPositions);
    double factor = settings.number("factor", (double) maxPositions / trained);
    double attention =
        factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(Math.max(trained, 2)));
    OptionalDouble given = settings.numberIfAny("attention_factor");
    return new RotaryScaling.Long(
        plain,
        divisors(settings, "short_factor", plain.dims() / 2),
        divisors(settings, "long_factor", plain.dims() / 2),
        trained,
        given.orElse(attention));
  }

  private static double[] divisors(Config settings, String key, int pairs) {
    double[] divisors =
        settings.list(key, JsonNode::asDouble).stream().mapToDouble(Double::doubleValue).toArray();
    if (divisors.length != pairs) {
      settings.contradiction(
          "`" + key + "` has " + divisors.length + " numbers for " + pairs + " pairs",
          "there is one for each pair of elements that turn");
      return new double[pairs];
    }
    return divisors;
  }
}
