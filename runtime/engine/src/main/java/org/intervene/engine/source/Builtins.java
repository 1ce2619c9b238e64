package org.intervene.engine.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.intervene.diagnostic.DiagnosticException;

/** The models that come with the program, as resources on the class path. */
public final class Builtins {
  /** All that there can be; a program that embeds the library may leave some out. */
  private static final List<String> NAMES = List.of("primer");

  private final ClassLoader loader;
  private final List<String> names;

  Builtins(ClassLoader loader, List<String> names) {
    this.loader = loader;
    this.names = names;
  }

  static Builtins ofProgram() {
    return new Builtins(Builtins.class.getClassLoader(), NAMES);
  }

  /** Names of the models that are on the class path, in alphabetical order. */
  public static List<String> list() {
    return ofProgram().names();
  }

  List<String> names() {
    return names.stream().filter(name -> resource(name, Listing.FILE) != null).sorted().toList();
  }

  /**
   * The directory of a model, extracted if it was not yet.
   *
   * @throws DiagnosticException {@code builtin.broken} or {@code cache.write-failed}
   */
  Path directory(String name, Path cache) {
    Listing listing = listing(name);
    return new Extraction(name, listing, file -> open(name, file)).into(cache.resolve("models"));
  }

  private Listing listing(String name) {
    try (InputStream in = open(name, Listing.FILE)) {
      return Listing.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      throw SourceProblem.brokenBuiltin(name, "its list of files: " + e.getMessage());
    }
  }

  private InputStream open(String name, String file) {
    InputStream in = resource(name, file);
    if (in == null) {
      throw SourceProblem.brokenBuiltin(name, "`" + file + "` is not on the class path");
    }
    return in;
  }

  private InputStream resource(String name, String file) {
    return loader.getResourceAsStream("org/intervene/models/" + name + "/" + file);
  }
}
