package org.intervene.engine.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intervene.diagnostic.Diagnostic.Place;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.diagnostic.Span;

/**
 * Finds the directory that a spec's model names: {@code builtin:NAME}, a directory, or {@code
 * hf:ORG/NAME@REVISION} in the hub's cache. Nothing is downloaded.
 */
public final class ModelSource {
  /** Two letters at least: {@code C:} begins a path on Windows. */
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)");

  private final UserPlaces places;
  private final Builtins builtins;

  ModelSource(UserPlaces places, Builtins builtins) {
    this.places = places;
    this.builtins = builtins;
  }

  /**
   * The directory of a model; problems are reported at the source itself, as for a command's
   * argument.
   *
   * @param specDirectory where relative paths start
   */
  public static ResolvedModel resolve(String source, Path specDirectory) {
    return resolve(source, new Place(source, Span.NONE), specDirectory);
  }

  /**
   * The directory of a model.
   *
   * @param place where the source is written, for messages
   * @param specDirectory where relative paths start
   * @throws DiagnosticException if it is not found or not whole
   */
  public static ResolvedModel resolve(String source, Place place, Path specDirectory) {
    return new ModelSource(UserPlaces.ofProcess(), Builtins.ofProgram())
        .find(source, place, specDirectory);
  }

  ResolvedModel find(String source, Place place, Path specDirectory) {
    Complaint complaint = new Complaint(source, place);
    Matcher scheme = SCHEME.matcher(source);
    if (scheme.matches()) {
      return switch (scheme.group(1)) {
        case "builtin" -> builtin(scheme.group(2), complaint);
        case "hf" ->
            new HubLookup(new HubCache(places.hubCache()), complaint).find(scheme.group(2));
        default -> throw complaint.unknownScheme(scheme.group(1));
      };
    }
    return new DirectoryLookup(complaint, builtins.names())
        .find(path(source, specDirectory, complaint));
  }

  private ResolvedModel builtin(String name, Complaint complaint) {
    List<String> names = builtins.names();
    if (!names.contains(name)) {
      throw complaint.unknownBuiltin(name, names);
    }
    Path directory = builtins.directory(name, places.ownCache());
    return new ResolvedModel(complaint.source(), directory, complaint.source(), Optional.empty());
  }

  private Path path(String source, Path specDirectory, Complaint complaint) {
    try {
      if (source.isBlank()) {
        throw complaint.malformed("it is empty");
      }
      return specDirectory.resolve(places.path(source)).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw complaint.malformed("it is no path: " + e.getReason());
    }
  }
}
