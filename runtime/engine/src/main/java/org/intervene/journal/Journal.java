package org.intervene.journal;

import java.util.List;
import java.util.Map;
import org.intervene.plan.Execution.CollectKey;
import org.intervene.plan.Execution.CollectedTensor;

/** Where a run writes down what it has finished. Packs finish in the order of their plan. */
public interface Journal {
  /** Nothing is written down. */
  Journal NONE =
      new Journal() {
        @Override
        public List<PackRecord> finished() {
          return List.of();
        }

        @Override
        public Map<CollectKey, CollectedTensor> saved() {
          return Map.of();
        }

        @Override
        public CollectedTensor save(CollectKey key, CollectedTensor tensor) {
          return tensor;
        }

        @Override
        public void append(PackRecord record) {}
      };

  /** The packs that had finished before, the first ones of the plan. */
  List<PackRecord> finished();

  /** What these packs had saved. */
  Map<CollectKey, CollectedTensor> saved();

  /**
   * Writes down a saved value; it counts once the pack that it belongs to is appended.
   *
   * @return the same value, which need not be in memory
   * @throws org.intervene.diagnostic.DiagnosticException if it cannot be written
   */
  CollectedTensor save(CollectKey key, CollectedTensor tensor);

  /**
   * Writes down that the next pack has finished.
   *
   * @throws org.intervene.diagnostic.DiagnosticException if it cannot be written
   */
  void append(PackRecord record);
}
