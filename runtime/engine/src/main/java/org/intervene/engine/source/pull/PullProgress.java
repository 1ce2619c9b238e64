package org.intervene.engine.source.pull;

/** Is told how far a download has come; called often, so it should do little. */
@FunctionalInterface
public interface PullProgress {

  /**
   * More of a model is here.
   *
   * @param file name of the file that is being downloaded
   * @param done bytes of the whole model that are here, of earlier downloads too
   * @param total bytes of the whole model
   */
  void reached(String file, long done, long total);
}
