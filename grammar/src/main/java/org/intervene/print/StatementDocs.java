package org.intervene.print;

import java.util.List;
import java.util.Locale;
import org.intervene.ast.Edit;
import org.intervene.ast.Expr;
import org.intervene.ast.Names;
import org.intervene.ast.SiteRef;
import org.intervene.ast.Statement;

/** The lines of a run's body as documents. */
final class StatementDocs {
  private static final int INDENT = 4;

  private StatementDocs() {}

  static Doc statement(Statement statement) {
    if (statement instanceof Statement.Collect collect) {
      return line("collect ", site(collect.site()), "as " + collect.name());
    }
    return edit((Edit) statement);
  }

  private static Doc edit(Edit edit) {
    if (edit instanceof Edit.Zero zero) {
      return line("zero ", site(zero.site()));
    } else if (edit instanceof Edit.Mean mean) {
      String by = mean.by().map(kept -> " by " + lower(kept)).orElse("");
      return line("mean ", site(mean.site()), "over " + ExprDocs.dataRef(mean.over()) + by);
    } else if (edit instanceof Edit.Resample resample) {
      String from = "from " + ExprDocs.dataRef(resample.from());
      return line("resample ", site(resample.site()), from, value("seed ", resample.seed()));
    } else if (edit instanceof Edit.Patch patch) {
      Object source = patch.source().map(StatementDocs::source).orElse(Doc.text(""));
      return line("patch ", site(patch.site()), Doc.of("from " + patch.run(), source));
    } else if (edit instanceof Edit.AddRun add) {
      return line("add ", site(add.site()), "from " + add.run());
    } else if (edit instanceof Edit.SubtractRun subtract) {
      return line("subtract ", site(subtract.site()), "from " + subtract.run());
    } else if (edit instanceof Edit.Steer steer) {
      return line("steer ", site(steer.site()), value("by ", steer.by()));
    } else if (edit instanceof Edit.Scale scale) {
      return line("scale ", site(scale.site()), value("by ", scale.by()));
    } else if (edit instanceof Edit.Set set) {
      return line("set ", site(set.site()), value("to ", set.to()));
    } else if (edit instanceof Edit.Noise noise) {
      Doc sigma = value("sigma ", noise.sigma());
      return line("noise ", site(noise.site()), sigma, value("seed ", noise.seed()));
    } else if (edit instanceof Edit.Ablate ablate) {
      return line("ablate ", site(ablate.site()), value("along ", ablate.along()));
    } else if (edit instanceof Edit.Clamp clamp) {
      Doc range = Doc.of("to ", ExprDocs.sum(clamp.low()), "..", ExprDocs.sum(clamp.high()));
      return line("clamp ", site(clamp.site()), range);
    } else if (edit instanceof Edit.KnockOut knockOut) {
      return line("knock out ", site(knockOut.site()));
    } else if (edit instanceof Edit.Freeze freeze) {
      return line("freeze ", site(freeze.site()), "from " + freeze.run());
    } else if (edit instanceof Edit.Skip skip) {
      return line("skip " + lower(skip.part()), SelectionDocs.bracketed(skip.layers()));
    }
    Edit.Except except = (Edit.Except) edit;
    List<Doc> excluded = except.excluded().stream().map(StatementDocs::site).toList();
    return line("", edit(except.edit()), Doc.of("except ", Doc.join(",", excluded)));
  }

  /** A verb and its site, then the parts that may each begin a further line. */
  private static Doc line(String verb, Doc first, Object... rest) {
    Doc parts = Doc.text("");
    for (Object part : rest) {
      parts = Doc.of(parts, Doc.LINE, part);
    }
    return Doc.group(verb, first, Doc.nest(INDENT, parts));
  }

  /** The other site of a patch, in brackets where it would look like the next statement. */
  private static Doc source(SiteRef site) {
    String first = site.name().text().split("\\.")[0];
    return Names.STATEMENTS.contains(first)
        ? Doc.of(" [", site(site), "]")
        : Doc.of(" ", site(site));
  }

  private static Doc site(SiteRef site) {
    return ExprDocs.site(site);
  }

  private static Doc value(String word, Expr value) {
    return Doc.of(word, ExprDocs.expression(value));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
