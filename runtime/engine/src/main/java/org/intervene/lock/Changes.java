package org.intervene.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.intervene.lock.Change.Kind;
import org.intervene.lock.Pins.DataPin;
import org.intervene.lock.Pins.ModelPin;

/** Compares what is locked with what is there. */
final class Changes {
  private final List<Change> changes = new ArrayList<>();

  private Changes() {}

  static List<Change> between(Pins locked, Pins found) {
    Changes all = new Changes();
    all.model(locked.model(), found.model());
    all.data(locked.data(), found.data());
    all.files(Kind.DATA, "file ", locked.files(), found.files());
    all.value(Kind.PLACE, "intervene", locked.engine().intervene(), found.engine().intervene());
    all.value(Kind.PLACE, "engine", locked.engine().tensors(), found.engine().tensors());
    return all.changes;
  }

  private void value(Kind kind, String what, String locked, String found) {
    if (!locked.equals(found)) {
      changes.add(new Change(kind, what, locked, found));
    }
  }

  private void model(ModelPin locked, ModelPin found) {
    if (!locked.source().equals(found.source()) || !locked.asked().equals(found.asked())) {
      value(Kind.WORDS, "model", words(locked), words(found));
      return;
    }
    value(Kind.MODEL, "revision", locked.revision().orElse(""), found.revision().orElse(""));
    value(Kind.TOKENIZER, "bos", locked.bos(), found.bos());
    files(Kind.MODEL, "", locked.files(), found.files());
    value(Kind.PLACE, "device", locked.device(), found.device());
  }

  private static String words(ModelPin model) {
    return model.source() + " " + model.asked();
  }

  private void data(Map<String, DataPin> locked, Map<String, DataPin> found) {
    for (String name : union(locked, found)) {
      DataPin before = locked.get(name);
      DataPin now = found.get(name);
      String what = "data " + name;
      if (before == null || now == null) {
        String was = before == null ? "" : before.digest();
        changes.add(new Change(Kind.WORDS, what, was, now == null ? "" : now.digest()));
      } else if (!before.asked().equals(now.asked())) {
        boolean sameRows = before.digest().equals(now.digest());
        value(
            Kind.WORDS,
            sameRows ? "the words of " + what : what,
            sameRows ? before.asked() : before.digest(),
            sameRows ? now.asked() : now.digest());
      } else {
        value(Kind.DATA, what, before.digest(), now.digest());
      }
    }
  }

  private void files(
      Kind kind, String prefix, Map<String, String> locked, Map<String, String> found) {
    for (String name : union(locked, found)) {
      boolean both = locked.containsKey(name) && found.containsKey(name);
      boolean tokenizer = kind == Kind.MODEL && ModelFileNames.isTokenizer(name);
      Kind of = kind == Kind.DATA && !both ? Kind.WORDS : tokenizer ? Kind.TOKENIZER : kind;
      value(of, prefix + name, locked.getOrDefault(name, ""), found.getOrDefault(name, ""));
    }
  }

  private static TreeSet<String> union(Map<String, ?> one, Map<String, ?> other) {
    TreeSet<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    return names;
  }
}
