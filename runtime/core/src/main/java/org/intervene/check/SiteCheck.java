package org.intervene.check;

import java.util.Optional;
import org.intervene.ast.SiteRef;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;

/** Finds the site that a reference names in a given model. */
public final class SiteCheck {
  private final ModelFacts facts;
  private final Diagnostics problems;

  public SiteCheck(ModelFacts facts, Diagnostics problems) {
    this.facts = facts;
    this.problems = problems;
  }

  /** The site that a name means in this model; reports and returns empty if there is none. */
  public Optional<SiteNames.Named> site(SiteRef ref) {
    Optional<SiteNames.Named> named = SiteNames.find(ref.name().text());
    if (named.isEmpty()) {
      String help =
          SiteNames.suggest(ref.name().text())
              .map(s -> "did you mean `" + s + "`?")
              .orElse("`intervene sites MODEL` lists the sites of a model");
      problems.error(
          "site.unknown", ref.name().span(), "this model has no site `" + ref.name() + "`", help);
      return Optional.empty();
    }
    Optional<String> absent = facts.whyAbsent(named.get().site());
    if (absent.isPresent()) {
      problems.error(
          "site.absent",
          ref.name().span(),
          "`" + named.get().site().spelled() + "` does not exist in this model: " + absent.get(),
          "`intervene sites MODEL` lists the sites that it has");
      return Optional.empty();
    }
    return named;
  }

  /** Whether a layer has a site of the model; reports if it has not. */
  public boolean has(SiteRef ref, Site site, int layer) {
    Optional<String> absent = site.layered() ? facts.whyAbsent(site, layer) : Optional.empty();
    absent.ifPresent(
        why ->
            problems.error(
                "site.absent",
                ref.name().span(),
                "`" + site.spelled() + "[" + layer + "]` does not exist in this model: " + why,
                "the layers that have it are " + facts.layersWith(site)));
    return absent.isEmpty();
  }
}
