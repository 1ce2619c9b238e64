package org.intervene.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.intervene.engine.decoder.Group;
import org.intervene.engine.script.Tensors;
import org.intervene.model.Dtype;
import org.intervene.model.ModelFacts;
import org.intervene.model.Site;
import org.intervene.plan.CellEdit;
import org.intervene.plan.CellEdit.Change;

/**
 * Edits of attention scores and patterns of a group of works: the selected edges are read in one
 * step, changed in Java and written back in one step.
 */
final class EdgeEdits {
  private final ModelFacts facts;
  private final Dtype dtype;
  private final Operands operands;

  EdgeEdits(ModelFacts facts, Dtype dtype, Operands operands) {
    this.facts = facts;
    this.dtype = dtype;
    this.operands = operands;
  }

  /** One edit of the member at a place in the group, and where its edges stand. */
  private record Placed(Member member, CellEdit edit, int[] sites, int[] flat) {}

  /**
   * Applies the edits of a group's members, wave by wave in each member's written order.
   *
   * @param value [segment, head, row, source]
   */
  NDArray apply(
      NDManager scope, Site site, int layer, NDArray value, List<Member> members, Group group) {
    NDArray edited = value;
    for (int wave = 0; ; wave++) {
      List<Placed> placed = new ArrayList<>();
      for (int g = 0; g < group.segments().length; g++) {
        Member member = members.get(group.segments()[g]);
        List<CellEdit> chain = member.chain(site, layer);
        if (wave < chain.size()) {
          placed.add(place(member, chain.get(wave), group, g));
        }
      }
      if (placed.isEmpty()) {
        return edited;
      }
      edited = write(scope, edited, placed, site);
    }
  }

  /** Elements of the whole site that the edit selects and the group has rows for. */
  private Placed place(Member member, CellEdit edit, Group group, int g) {
    int length = member.work().tokens().length;
    HostValue shape = HostValue.of(edit.slice().site(), facts, length, new double[0]);
    int[] elements = shape.elements(edit.slice());
    List<Integer> sites = new ArrayList<>();
    List<Integer> flat = new ArrayList<>();
    int sources = group.first() + group.rows();
    for (int n = 0; n < elements.length; n++) {
      int e = elements[n];
      int source = e % length;
      int row = (e / length) % length - group.first();
      int head = e / length / length;
      boolean there = e >= 0 && row >= 0 && row < group.rows() && source < sources;
      if (there) {
        sites.add(n);
        flat.add(((g * shape.heads() + head) * group.rows() + row) * sources + source);
      }
    }
    return new Placed(
        member,
        edit,
        sites.stream().mapToInt(i -> i).toArray(),
        flat.stream().mapToInt(i -> i).toArray());
  }

  private NDArray write(NDManager scope, NDArray value, List<Placed> placed, Site site) {
    int[] flat = placed.stream().flatMapToInt(p -> java.util.Arrays.stream(p.flat)).toArray();
    if (flat.length == 0) {
      return value;
    }
    NDArray index = EditScript.index(scope, flat);
    boolean constant = placed.stream().allMatch(p -> p.edit.change() instanceof Change.Fill);
    double[] x =
        constant
            ? new double[flat.length]
            : Tensors.toDoubles(EditScript.SCRIPT.call(scope, "elements", value, index));
    int start = 0;
    for (Placed p : placed) {
      change(p, x, start, site);
      start += p.flat.length;
    }
    NDArray changed = Tensors.of(scope, x, dtype, x.length);
    return EditScript.SCRIPT.call(scope, "fill", value, index, changed);
  }

  /** Applies one edit to its edges, which stand in x from a start on. */
  private void change(Placed placed, double[] x, int start, Site site) {
    int length = placed.member.work().tokens().length;
    HostValue shape = HostValue.of(site, facts, length, new double[0]);
    int[] elements = shape.elements(placed.edit.slice());
    HostEdits edits = new HostEdits(operands, placed.member.work().tokens());
    for (int i = 0; i < placed.sites.length; i++) {
      int n = placed.sites[i];
      x[start + i] = edits.changed(x[start + i], elements[n], n, placed.edit, shape);
    }
  }
}
