package org.intervene.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.SourceText;
import org.intervene.digest.SpecDigest;
import org.intervene.read.Notation;
import org.intervene.read.Reading;
import org.intervene.read.SpecReader;

/** A bundle that was found to be whole, unpacked for as long as this is open. */
public final class UnpackedBundle implements AutoCloseable {
  private final Staging staging;
  private final Path spec;
  private final String metrics;
  private final int files;

  private UnpackedBundle(Staging staging, Path spec, String metrics, int files) {
    this.staging = staging;
    this.spec = spec;
    this.metrics = metrics;
    this.files = files;
  }

  /**
   * Unpacks a bundle and checks that nothing in it was changed and that its spec and its result
   * belong together.
   *
   * @throws DiagnosticException with everything that speaks against it
   */
  public static UnpackedBundle open(Path bundle) {
    Staging staging = null;
    boolean done = false;
    try {
      if (!Files.isRegularFile(bundle)) {
        throw BundleProblems.unreadable(bundle, "there is no such file");
      }
      staging = new Staging();
      Path folder = staging.folder();
      BundleReader.unpack(bundle, folder);
      Manifest found = Manifest.of(folder);
      List<Diagnostic> changes = Manifest.read(folder, bundle).differences(found, bundle);
      if (!changes.isEmpty()) {
        throw new DiagnosticException(DiagnosticException.Kind.RESOURCE, changes);
      }
      Path spec = spec(folder, bundle);
      belongTogether(spec, folder, bundle);
      String metrics = metrics(folder, bundle);
      done = true;
      return new UnpackedBundle(staging, spec, metrics, found.digests().size());
    } catch (IOException e) {
      throw BundleProblems.unreadable(bundle, String.valueOf(e.getMessage()));
    } finally {
      if (staging != null && !done) {
        staging.close();
      }
    }
  }

  private static Path spec(Path folder, Path bundle) throws IOException {
    Path specs = folder.resolve(Bundle.SPEC);
    List<Path> found = List.of();
    if (Files.isDirectory(specs)) {
      try (Stream<Path> all = Files.list(specs)) {
        found = all.filter(file -> Notation.of(file.toString()).isPresent()).toList();
      }
    }
    if (found.size() != 1) {
      throw BundleProblems.unreadable(bundle, "it holds " + found.size() + " specs instead of one");
    }
    return found.get(0);
  }

  private static String metrics(Path folder, Path bundle) {
    String name = Bundle.RESULT + "/metrics.csv";
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw DiagnosticException.resource(
          BundleProblems.damaged(bundle, name, "is missing or not text"));
    }
  }

  private static void belongTogether(Path spec, Path folder, Path bundle) throws IOException {
    Reading reading = SpecReader.read(spec);
    if (reading.spec().isEmpty()) {
      throw new DiagnosticException(DiagnosticException.Kind.SPEC, reading.diagnostics());
    }
    JsonNode result =
        new ObjectMapper().readTree(folder.resolve(Bundle.RESULT + "/result.json").toFile());
    String text = result.at("/spec/text").asText();
    SourceText ran = SourceText.of(spec.getFileName().toString(), text);
    Notation notation = Notation.of(spec.toString()).orElseThrow();
    boolean same =
        SpecReader.read(ran, notation)
            .spec()
            .map(SpecDigest::of)
            .equals(reading.spec().map(SpecDigest::of));
    if (!same) {
      throw DiagnosticException.resource(
          BundleProblems.damaged(
              bundle, Bundle.RESULT + "/result.json", "is the result of another spec"));
    }
  }

  /** The spec's file, beside what it reads. */
  public Path spec() {
    return spec;
  }

  /** How many files it holds besides the manifest. */
  public int files() {
    return files;
  }

  /** The text of {@code metrics.csv}. */
  public String metrics() {
    return metrics;
  }

  @Override
  public void close() {
    staging.close();
  }
}
