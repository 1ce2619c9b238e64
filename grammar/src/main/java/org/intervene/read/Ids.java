package org.intervene.read;

import java.util.List;

/** The ids of the diagnostics that reading emits; {@code docs/errors.md} explains each. */
public final class Ids {
  static final String TOO_MANY = "syntax.too-many";
  static final String UNEXPECTED = "syntax.unexpected";
  static final String UNCLOSED = "syntax.unclosed";
  static final String RESERVED = "syntax.reserved";
  static final String TEXT = "syntax.text";
  static final String ESCAPE = "syntax.escape";
  static final String NUMBER = "syntax.number";
  static final String CHARACTER = "syntax.character";
  static final String COMMENT = "syntax.comment";
  static final String TOO_COMPLEX = "syntax.too-complex";
  static final String NAME = "syntax.name";
  static final String TEMPLATE = "syntax.template";
  static final String WORD = "syntax.word";
  static final String DUPLICATE_CLAUSE = "spec.duplicate-clause";
  static final String DUPLICATE_NAME = "name.duplicate";
  static final String MISSING_CLAUSE = "spec.missing-clause";
  static final String ENCODING = "source.encoding";
  static final String EXTENSION = "source.extension";
  static final String TOO_LARGE = "source.too-large";
  static final String UNREADABLE = "source.unreadable";
  static final String YAML_ALIAS = "yaml.alias";
  static final String YAML_DOCUMENTS = "yaml.documents";
  static final String YAML_DUPLICATE = "yaml.duplicate-key";
  static final String YAML_KEY = "yaml.unknown-key";
  static final String YAML_MERGE = "yaml.merge-key";
  static final String YAML_SCALAR = "yaml.scalar";
  static final String YAML_SHAPE = "yaml.shape";
  static final String YAML_SYNTAX = "yaml.syntax";
  static final String YAML_TAG = "yaml.tag";

  private Ids() {}

  /** Every id, in the alphabet's order. */
  public static List<String> all() {
    return List.of(
        ENCODING,
        EXTENSION,
        TOO_LARGE,
        UNREADABLE,
        DUPLICATE_CLAUSE,
        DUPLICATE_NAME,
        MISSING_CLAUSE,
        CHARACTER,
        COMMENT,
        ESCAPE,
        NAME,
        NUMBER,
        RESERVED,
        TEMPLATE,
        TEXT,
        TOO_COMPLEX,
        TOO_MANY,
        UNCLOSED,
        UNEXPECTED,
        WORD,
        YAML_ALIAS,
        YAML_DOCUMENTS,
        YAML_DUPLICATE,
        YAML_MERGE,
        YAML_SCALAR,
        YAML_SHAPE,
        YAML_SYNTAX,
        YAML_TAG,
        YAML_KEY);
  }
}
