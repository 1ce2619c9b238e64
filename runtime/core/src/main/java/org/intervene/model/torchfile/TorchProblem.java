package org.intervene.model.torchfile;

import java.util.List;

/** Why a file was not read; becomes a diagnostic where the file's name is known. */
final class TorchProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final transient List<String> help;

  TorchProblem(String id, String message, String... help) {
    super(message);
    this.id = id;
    this.help = List.of(help);
  }

  /** The file contradicts itself or its format. */
  static TorchProblem damaged(String message) {
    return new TorchProblem("torch.damaged", message, "save the file again with torch.save");
  }

  String id() {
    return id;
  }

  List<String> help() {
    return help;
  }
}
