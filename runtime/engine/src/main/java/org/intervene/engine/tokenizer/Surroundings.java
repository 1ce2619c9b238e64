package org.intervene.engine.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.tokenizer.BosPolicy.Special;

/** Finds out what belongs around an input. */
final class Surroundings {
  /** How many pieces of the vocabulary are tried as a text. */
  private static final int PROBES = 100;

  private static final String FROM_TEMPLATE = "the post-processor of tokenizer.json";
  private static final String FROM_CONFIG = "add_bos_token of tokenizer_config.json";

  private final TokenizerFile file;
  private final SpecialNames names;
  private final List<Special> templateBefore;
  private final List<Special> templateAfter;

  private Surroundings(
      TokenizerFile file, SpecialNames names, List<Special> before, List<Special> after) {
    this.file = file;
    this.names = names;
    this.templateBefore = before;
    this.templateAfter = after;
  }

  /** Decides what the setting of a spec means for a tokenizer. */
  static BosPolicy decide(
      Bos asked, TokenizerFile file, SpecialNames names, NativeTokenizer library) {
    String probe = probe(file, library);
    int[] plain = library.encode(probe).tokens();
    int[] full = library.idsWithSpecials(probe);
    int start = startOf(plain, full);
    Surroundings found =
        new Surroundings(
            file,
            names,
            specials(file, Arrays.copyOf(full, start)),
            specials(file, Arrays.copyOfRange(full, start + plain.length, full.length)));
    return switch (asked) {
      case AUTO -> found.auto();
      case ALWAYS -> found.always();
      case NEVER -> new BosPolicy(asked, List.of(), List.of(), "the spec says bos never");
    };
  }

  private BosPolicy auto() {
    Optional<Boolean> says = names.addsBos();
    if (isEncoder() || says.isEmpty()) {
      return policy(Bos.AUTO, templateBefore, FROM_TEMPLATE);
    }
    Optional<Special> bos = bos();
    if (says.get() && bos.isEmpty() && templateBefore.isEmpty()) {
      throw TokenizerProblem.noBos(file.path(), FROM_CONFIG + " is true");
    }
    if (bos.isEmpty() || templateBefore.contains(bos.get()) == says.get()) {
      return policy(Bos.AUTO, templateBefore, FROM_TEMPLATE);
    }
    return policy(Bos.AUTO, changed(bos.get(), says.get()), FROM_CONFIG);
  }

  private BosPolicy always() {
    Optional<Special> bos = bos();
    boolean enough = isEncoder() || (bos.isEmpty() && !templateBefore.isEmpty());
    if (enough || bos.filter(templateBefore::contains).isPresent()) {
      return policy(Bos.ALWAYS, templateBefore, FROM_TEMPLATE);
    }
    Special token =
        bos.orElseThrow(() -> TokenizerProblem.noBos(file.path(), "the spec says `bos always`"));
    return policy(Bos.ALWAYS, changed(token, true), "the spec says bos always");
  }

  private List<Special> changed(Special bos, boolean add) {
    List<Special> before = new ArrayList<>(templateBefore);
    if (add) {
      before.add(0, bos);
    } else {
      before.remove(bos);
    }
    return before;
  }

  private BosPolicy policy(Bos asked, List<Special> before, String reason) {
    boolean nothing = before.isEmpty() && !isEncoder();
    String why = nothing ? "no file of the tokenizer adds anything" : reason;
    return new BosPolicy(asked, before, isEncoder() ? templateAfter : List.of(), why);
  }

  /** What begins a sequence, if any file says so and the vocabulary has it. */
  private Optional<Special> bos() {
    Optional<String> name = names.name("bos_token");
    if (name.isPresent()) {
      OptionalInt id = file.pieces().id(name.get());
      return id.isPresent()
          ? Optional.of(new Special(id.getAsInt(), name.get()))
          : Optional.empty();
    }
    return names
        .bosId()
        .filter(id -> file.pieces().piece(id) != null)
        .map(id -> new Special(id, file.pieces().piece(id)));
  }

  /**
   * Whether the post-processor frames inputs as encoders do, with a class token and a separator; a
   * decoder's end-of-sequence token is not a frame.
   */
  private boolean isEncoder() {
    if (templateBefore.isEmpty() || templateAfter.isEmpty()) {
      return false;
    }
    String type = file.setting("post_processor").path("type").asText();
    if (type.equals("BertProcessing") || type.equals("RobertaProcessing")) {
      return true;
    }
    return templateBefore.get(0).name().equals(names.name("cls_token").orElse("[CLS]"))
        && templateAfter.get(0).name().equals(names.name("sep_token").orElse("[SEP]"));
  }

  /** A text that becomes at least one token. A small vocabulary of words may lack most letters. */
  private static String probe(TokenizerFile file, NativeTokenizer library) {
    TokenNames names = TokenNames.of(file);
    return Stream.concat(
            Stream.of("a"),
            IntStream.range(0, Math.min(PROBES, file.pieces().size())).mapToObj(names::show))
        .filter(text -> encodes(library, text))
        .findFirst()
        .orElseThrow(() -> TokenizerProblem.broken(file.path(), "it encodes no text"));
  }

  private static boolean encodes(NativeTokenizer library, String text) {
    try {
      return library.encode(text).tokens().length > 0;
    } catch (DiagnosticException e) {
      return false;
    }
  }

  private static List<Special> specials(TokenizerFile file, int[] ids) {
    return Arrays.stream(ids)
        .mapToObj(id -> new Special(id, String.valueOf(file.pieces().piece(id))))
        .toList();
  }

  private static int startOf(int[] part, int[] whole) {
    for (int at = 0; at + part.length <= whole.length; at++) {
      if (Arrays.equals(part, 0, part.length, whole, at, at + part.length)) {
        return at;
      }
    }
    return 0;
  }
}
