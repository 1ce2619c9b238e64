package org.intervene.bundle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a spec cites.
 *
 * @param authors what stands before the first comma or colon; all of it if there is none
 * @param title what stands behind it
 * @param link a DOI's or another address, if the text ends in one
 */
record Work(String authors, String title, Optional<String> doi, Optional<String> link) {
  private static final Pattern DOI =
      Pattern.compile("[,.;:]?\\s*(?:doi:\\s*|https?://(?:dx\\.)?doi\\.org/)(10\\.\\S+?)[.]?$");
  private static final Pattern LINK = Pattern.compile("[,.;:]?\\s*(https?://\\S+?)[.]?$");
  private static final Pattern PARTS = Pattern.compile("(.+?)[,:]\\s+(.+)");

  static Work of(String cite) {
    String text = cite.strip();
    Matcher doi = DOI.matcher(text);
    Matcher link = LINK.matcher(text);
    Optional<String> id = Optional.empty();
    Optional<String> address = Optional.empty();
    if (doi.find()) {
      id = Optional.of(doi.group(1));
      address = Optional.of("https://doi.org/" + doi.group(1));
      text = text.substring(0, doi.start());
    } else if (link.find()) {
      address = Optional.of(link.group(1));
      text = text.substring(0, link.start());
    }
    if (text.isBlank()) {
      text = address.orElse(cite.strip());
    }
    Matcher parts = PARTS.matcher(text);
    return parts.matches()
        ? new Work(parts.group(1), parts.group(2), id, address)
        : new Work(text, text, id, address);
  }
}
