package org.intervene.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.intervene.model.Axis;
import org.intervene.plan.Cell;
import org.intervene.plan.Slice;
import org.intervene.plan.SweepAxis;

/**
 * One axis of a saved tensor.
 *
 * @param kept which of its entries were kept, as they are called; empty means all
 */
record CollectedAxis(String name, List<String> kept) {
  CollectedAxis {
    kept = List.copyOf(kept);
  }

  static CollectedAxis whole(String name) {
    return new CollectedAxis(name, List.of());
  }

  /** A sweep axis with the points that an example has. */
  static CollectedAxis part(SweepAxis axis, List<Integer> indices) {
    return indices.size() == axis.size()
        ? whole(axis.name())
        : new CollectedAxis(axis.name(), indices.stream().map(axis.labels()::get).toList());
  }

  /** The axes that a collected value has in one cell. */
  static List<CollectedAxis> of(Cell.Collected collected) {
    List<CollectedAxis> axes = new ArrayList<>();
    Slice slice = collected.slices().get(0);
    if (collected.slices().size() > 1) {
      axes.add(
          new CollectedAxis(
              "layer", collected.slices().stream().map(s -> Integer.toString(s.layer())).toList()));
    }
    List<Axis> siteAxes = slice.site().axes();
    for (int a = 0; a < siteAxes.size(); a++) {
      int[] kept = kept(slice, siteAxes.get(a), a == siteAxes.size() - 1);
      axes.add(
          new CollectedAxis(
              siteAxes.get(a).name().toLowerCase(Locale.ROOT),
              kept == null ? List.of() : Arrays.stream(kept).mapToObj(Integer::toString).toList()));
    }
    return axes;
  }

  private static int[] kept(Slice slice, Axis axis, boolean last) {
    return switch (axis) {
      case POS -> slice.positions();
      case SRC -> slice.sources();
      case HEAD, KV_HEAD -> slice.heads();
      case EXPERT -> last ? slice.units() : slice.heads();
      default -> last ? slice.units() : null;
    };
  }

  /** {@code ["layer", {"pos": ["4", "5"]}, "d_model"]}. */
  static String written(List<CollectedAxis> axes) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (CollectedAxis axis : axes) {
      if (axis.kept().isEmpty()) {
        list.add(axis.name());
      } else {
        ObjectNode part = list.addObject();
        ArrayNode kept = part.putArray(axis.name());
        axis.kept().forEach(kept::add);
      }
    }
    return list.toString();
  }
}
