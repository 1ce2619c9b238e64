package org.intervene.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intervene.ast.Spec;
import org.intervene.ast.Word;
import org.intervene.engine.source.FileDigests;
import org.intervene.result.Provenance;

/**
 * The bundle as <a href="https://w3id.org/ro/crate/1.1">RO-Crate 1.1</a> metadata: what each file
 * is, who made it, and the run that made the result out of the spec and a model.
 */
final class Crate {
  static final String NAME = "ro-crate-metadata.json";

  private static final String CONTEXT = "https://w3id.org/ro/crate/1.1/context";
  private static final String SHA256 = "https://w3id.org/ro/terms/workflow-run#sha256";
  private static final Map<String, String> FORMATS =
      Map.of(
          "json", "application/json",
          "jsonl", "application/jsonl",
          "csv", "text/csv",
          "html", "text/html",
          "yaml", "application/yaml",
          "ivn", "text/plain",
          "cff", "application/yaml",
          "bib", "application/x-bibtex",
          "safetensors", "application/octet-stream");

  private final ArrayNode graph = JsonNodeFactory.instance.arrayNode();
  private final Spec spec;
  private final Provenance provenance;
  private final String specPath;

  private Crate(Spec spec, Provenance provenance, String specPath) {
    this.spec = spec;
    this.provenance = provenance;
    this.specPath = specPath;
  }

  /**
   * The metadata of the files in a folder.
   *
   * @param specPath of the spec within it
   * @param date {@code YYYY-MM-DD}
   */
  static ObjectNode of(Path folder, Spec spec, Provenance provenance, String specPath, String date)
      throws IOException {
    Crate crate = new Crate(spec, provenance, specPath);
    List<String> files = Manifest.files(folder).stream().filter(f -> !f.equals(NAME)).toList();
    crate.root(files, date);
    for (String file : files) {
      crate.file(folder, file);
    }
    crate.people();
    crate.works();
    crate.model();
    crate.run(files);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putArray("@context").add(CONTEXT).addObject().put("sha256", SHA256);
    document.set("@graph", crate.graph);
    return document;
  }

  private void root(List<String> files, String date) {
    ObjectNode descriptor = entity(NAME, "CreativeWork");
    descriptor.set("conformsTo", reference("https://w3id.org/ro/crate/1.1"));
    descriptor.set("about", reference("./"));
    ObjectNode root = entity("./", "Dataset");
    root.put("name", spec.experiment().text());
    String about = spec.about().map(Word::text).orElse("an experiment inside a neural network");
    root.put("description", about);
    root.put("datePublished", date);
    files.forEach(file -> root.withArray("hasPart").add(reference(path(file))));
    root.set("mainEntity", reference(path(specPath)));
    root.set("mentions", reference("#run"));
    Author.of(spec).forEach(author -> root.withArray("author").add(reference(author.id())));
    spec.cites().forEach(cite -> root.withArray("citation").add(reference(id(cite))));
  }

  private void file(Path folder, String name) throws IOException {
    ObjectNode node = entity(path(name), "File");
    node.put("name", name.substring(name.lastIndexOf('/') + 1));
    String ending = name.substring(name.lastIndexOf('.') + 1);
    node.put("encodingFormat", FORMATS.getOrDefault(ending, "application/octet-stream"));
    node.put("contentSize", Long.toString(Files.size(folder.resolve(name))));
    node.put("sha256", FileDigests.hex(folder.resolve(name)));
  }

  private void people() {
    for (Author author : Author.of(spec)) {
      ObjectNode person = entity(author.id(), "Person");
      person.put("name", author.name());
      person.put("familyName", author.family());
      if (!author.given().isEmpty()) {
        person.put("givenName", author.given());
      }
    }
  }

  private void works() {
    for (Word cite : spec.cites()) {
      ObjectNode work = entity(id(cite), "CreativeWork");
      work.put("name", cite.text());
    }
  }

  private static String id(Word cite) {
    return Work.of(cite.text()).link().orElseGet(() -> "#" + cite.text().hashCode());
  }

  private void model() {
    ObjectNode model = entity(modelId(), "CreativeWork");
    model.put("name", provenance.modelSource());
    model.put(
        "description", "the model's files are not in this crate; digests say which they were");
    provenance
        .digests()
        .forEach(
            (role, digest) -> {
              String id = "#" + role + "-digest";
              model.withArray("identifier").add(reference(id));
              ObjectNode value = entity(id, "PropertyValue");
              value.put("propertyID", role);
              value.put("value", digest);
            });
  }

  private String modelId() {
    return hub(provenance.modelSource()).orElse("#model");
  }

  /** The page of a model of the hub, at its commit. */
  private static Optional<String> hub(String source) {
    if (!source.startsWith("hf:")) {
      return Optional.empty();
    }
    String[] parts = source.substring("hf:".length()).split("@", 2);
    String page = "https://huggingface.co/" + parts[0];
    return Optional.of(parts.length == 2 ? page + "/tree/" + parts[1] : page);
  }

  private void run(List<String> files) {
    ObjectNode program = entity("#intervene", "SoftwareApplication");
    program.put("name", "Intervene");
    program.put("version", provenance.version());
    program.put("softwareRequirements", provenance.engine());
    ObjectNode run = entity("#run", "CreateAction");
    run.put("name", "intervene run " + specPath);
    run.set("instrument", reference("#intervene"));
    ArrayNode read = run.putArray("object");
    ArrayNode made = run.putArray("result");
    read.add(reference(modelId()));
    for (String file : files) {
      if (file.startsWith(Bundle.RESULT + "/")) {
        made.add(reference(path(file)));
      } else if (file.startsWith(Bundle.SPEC + "/")) {
        read.add(reference(path(file)));
      }
    }
  }

  /** A file's name as a relative URI (RFC 3986). */
  private static String path(String file) {
    try {
      return new URI(null, null, file, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(file, e); // a relative path is a URI when it is quoted
    }
  }

  private ObjectNode entity(String id, String type) {
    return graph.addObject().put("@id", id).put("@type", type);
  }

  private static ObjectNode reference(String id) {
    return JsonNodeFactory.instance.objectNode().put("@id", id);
  }
}
