package org.intervene.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intervene.model.Tokenizer;

/**
 * The tokenizer of a model directory.
 *
 * <p>Inputs get what {@link #policy} says in front. Nothing is put behind them, even if the
 * post-processor of {@code tokenizer.json} appends an end-of-sequence token; only encoders such as
 * BERT keep both tokens of their frame, {@code [CLS]} and {@code [SEP]}. Nothing is truncated or
 * padded, whatever the file says. The name of a special token inside a text is that token.
 *
 * <p>The offsets of a token include the space that belongs to it: {@code " Paris"} in {@code "in
 * Paris"} covers [2, 8). Several tokens that share one character have the same offsets.
 */
public final class JsonTokenizer implements Tokenizer {
  private final TokenizerFile file;
  private final NativeTokenizer whole;
  private final NativeTokenizer continuing;
  private final TokenNames names;
  private final BitSet special;
  private final BosPolicy policy;
  private final OptionalInt mask;

  private JsonTokenizer(
      TokenizerFile file,
      NativeTokenizer whole,
      NativeTokenizer continuing,
      BosPolicy policy,
      OptionalInt mask) {
    this.file = file;
    this.whole = whole;
    this.continuing = continuing;
    this.names = TokenNames.of(file);
    this.special = special(file);
    this.policy = policy;
    this.mask = mask;
  }

  /**
   * Opens the tokenizer of a model directory.
   *
   * @param bos what the spec asks to put in front of inputs
   * @throws org.intervene.diagnostic.DiagnosticException {@code tokenizer.missing}, {@code
   *     tokenizer.broken}, {@code tokenizer.random}, {@code tokenizer.bos-missing} or {@code
   *     tokenizer.library}
   */
  public static JsonTokenizer open(Path directory, Bos bos) {
    TokenizerFile file = TokenizerFile.read(directory.resolve("tokenizer.json"));
    NativeTokenizer whole = NativeTokenizer.load(file.path(), Rewriting.plain(file));
    NativeTokenizer continuing =
        Rewriting.addsPrefix(file)
            ? NativeTokenizer.load(file.path(), Rewriting.continuing(file))
            : whole;
    SpecialNames roles = SpecialNames.read(directory);
    BosPolicy policy = Surroundings.decide(bos, file, roles, whole);
    return new JsonTokenizer(file, whole, continuing, policy, mask(file, roles));
  }

  @Override
  public Encoding encode(String text) {
    Encoding inside = whole.encode(text);
    return new Encoding(
        around(ids(policy.before()), inside.tokens(), ids(policy.after())),
        around(nowhere(policy.before()), inside.starts(), nowhere(policy.after())),
        around(nowhere(policy.before()), inside.ends(), nowhere(policy.after())));
  }

  /**
   * The tokens of a text as it continues another one. A tokenizer that puts a space in front of
   * inputs, as Llama's does, puts none here: there as everywhere {@code " Paris"} is a word after a
   * space and {@code "Paris"} the rest of one.
   */
  @Override
  public int[] tokensOf(String text) {
    return continuing.encode(text).tokens();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Bytes that are not a whole character read {@code <0xE2>}, special tokens as they are named,
   * word-internal pieces of BERT {@code ##ing}, and ids that the tokenizer does not know {@code
   * <token 50300>}. Line breaks and tabs stay what they are.
   */
  @Override
  public String show(int token) {
    return names.show(token);
  }

  /** Those that {@code added_tokens} of the file marks as special, and the unknown token. */
  @Override
  public boolean isSpecial(int token) {
    return token >= 0 && special.get(token);
  }

  /** The token that the tokenizer's config calls its mask, or else the usual names. */
  private static OptionalInt mask(TokenizerFile file, SpecialNames roles) {
    return Stream.concat(roles.name("mask_token").stream(), Stream.of("[MASK]", "<mask>"))
        .map(file.pieces()::id)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  @Override
  public OptionalInt mask() {
    return mask;
  }

  private static BitSet special(TokenizerFile file) {
    BitSet special = new BitSet();
    file.unknown().ifPresent(special::set);
    for (JsonNode token : file.setting("added_tokens")) {
      if (token.path("special").asBoolean()) {
        special.set(token.path("id").intValue());
      }
    }
    return special;
  }

  /** One more than the largest id, added and special tokens included. */
  @Override
  public int size() {
    return file.pieces().size();
  }

  /** What is put around every input, and why. */
  public BosPolicy policy() {
    return policy;
  }

  private static IntStream ids(List<BosPolicy.Special> specials) {
    return specials.stream().mapToInt(BosPolicy.Special::id);
  }

  private static IntStream nowhere(List<BosPolicy.Special> specials) {
    return specials.stream().mapToInt(special -> -1);
  }

  private static int[] around(IntStream before, int[] inside, IntStream after) {
    return IntStream.concat(IntStream.concat(before, IntStream.of(inside)), after).toArray();
  }
}
