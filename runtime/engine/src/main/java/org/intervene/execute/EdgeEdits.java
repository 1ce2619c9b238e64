package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.intervene.engine.decoder.Group;
import org.intervene.model.Dtype;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;

/**
 * Edits of attention scores and patterns of a group of works: the first edits of all of them in one
 * write, then the second ones, and so on, so that each work's written order holds.
 */
final class EdgeEdits {
  private final Dtype dtype;
  private final WorkValues values;
  private final Operands operands;

  EdgeEdits(Dtype dtype, WorkValues values, Operands operands) {
    this.dtype = dtype;
    this.values = values;
    this.operands = operands;
  }

  /**
   * Applies the edits of a group's members, wave by wave in each member's written order.
   *
   * @param value [segment, head, row, source]
   */
  NDArray apply(
      NDManager scope, Site site, int layer, NDArray value, List<Member> members, Group group) {
    NDArray edited = value;
    boolean any = true;
    for (int wave = 0; any; wave++) {
      EdgeWrite write = new EdgeWrite(values, operands);
      any = false;
      for (int g = 0; g < group.segments().length; g++) {
        Member member = members.get(group.segments()[g]);
        List<CellEdit> chain = member.chain(site, layer);
        if (wave < chain.size()) {
          any = true;
          add(write, member, chain.get(wave), group, g);
        }
      }
      edited = write.into(scope, edited, dtype);
    }
    return edited;
  }

  /** Elements of the whole site that the edit selects and the group has rows for. */
  private void add(EdgeWrite write, Member member, CellEdit edit, Group group, int g) {
    int[] tokens = member.work().tokens();
    int length = tokens.length;
    HostValue shape = HostValue.of(edit.slice().site(), values.facts(), length, new double[0]);
    int[] elements = shape.elements(edit.slice());
    IntList chosen = new IntList();
    IntList flat = new IntList();
    int sources = group.first() + group.rows();
    for (int n = 0; n < elements.length; n++) {
      int e = elements[n];
      int source = e % length;
      int row = (e / length) % length - group.first();
      int head = e / length / length;
      boolean there = e >= 0 && row >= 0 && row < group.rows() && source < sources;
      if (there) {
        chosen.add(n);
        flat.add(((g * shape.heads() + head) * group.rows() + row) * sources + source);
      }
    }
    write.add(edit, shape, elements, chosen.toArray(), flat.toArray(), tokens);
  }
}
