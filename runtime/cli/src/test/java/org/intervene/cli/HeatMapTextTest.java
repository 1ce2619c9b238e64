package org.intervene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.intervene.check.SweepKind;
import org.intervene.metric.ArrayAxis;
import org.intervene.metric.LabelledArray;
import org.intervene.metric.PlotData;
import org.intervene.model.ModelFacts;
import org.intervene.plan.Plan;
import org.intervene.plan.SweepAxis;
import org.intervene.result.AxisLabels;
import org.intervene.result.PlotGrid;
import org.junit.jupiter.api.Test;

class HeatMapTextTest {
  private static final Plan EMPTY =
      new Plan(
          new ModelFacts("gpt2", 1, 1, 1, 1, 1, 1, 1, 1, Map.of()),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  static ArrayAxis axis(String name, String... labels) {
    List<Double> values = IntStream.range(0, labels.length).mapToObj(i -> (double) i).toList();
    return ArrayAxis.of(new SweepAxis(name, SweepKind.NUMBER, List.of(labels), values));
  }

  static PlotGrid grid(ArrayAxis y, ArrayAxis x, double[] data, boolean[] present) {
    Map<String, String> channels = new LinkedHashMap<>();
    channels.put("y", y.name());
    channels.put("x", x.name());
    List<ArrayAxis> axes = List.of(y, x);
    List<ArrayAxis> bounded = new ArrayList<>(axes);
    bounded.add(ArrayAxis.bounds());
    LabelledArray bounds = LabelledArray.of(bounded, new double[2 * data.length]);
    PlotData plot =
        new PlotData(
            "heatmap", "m", List.of(), channels, LabelledArray.of(axes, data, present), bounds);
    return new PlotGrid(plot, new AxisLabels(EMPTY, token -> ""));
  }

  private static List<String> lines(PlotGrid grid, Screen screen) {
    return new HeatMapText(grid, 0, screen).lines();
  }

  private static final PlotGrid SMALL =
      grid(
          axis("layer", "0", "1"),
          axis("pos", "0 The", "1 Eiffel", "2 in"),
          new double[] {0, 0.5, 1, 0.25, Double.NaN, 0},
          new boolean[] {true, true, true, true, true, false});

  @Test
  void numbersAndShadesWhereThereAreNoColours() {
    List<String> lines = lines(SMALL, new Screen(Screen.Colours.NONE, 60));
    assertTrue(lines.get(0).contains("0 The") && lines.get(0).contains("1 Eiffel"), lines.get(0));
    assertTrue(lines.get(1).matches("\\s+0\\s+0\\.00 \\s+0\\.50▒\\s+1\\.00█"), lines.get(1));
    assertTrue(lines.get(2).matches("\\s+1\\s+0\\.25░\\s+NaN\\?"), lines.get(2));
  }

  @Test
  void coloursStandBehindTheNumbers() {
    List<String> lines = lines(SMALL, new Screen(Screen.Colours.TRUE, 60));
    // the ends of viridis: white on violet, black on yellow
    assertTrue(lines.get(1).contains("\u001b[48;2;68;1;84;38;2;255;255;255m"), lines.get(1));
    assertTrue(lines.get(1).contains("\u001b[48;2;253;231;37;38;2;0;0;0m"), lines.get(1));
    String plain = lines.get(1).replaceAll("\u001b\\[[0-9;]*m", "");
    assertTrue(plain.matches("\\s+0\\s+0\\.00\\s+0\\.50\\s+1\\.00\\s*"), plain);
  }

  @Test
  void noLineIsLongerThanTheScreen() {
    for (int columns : new int[] {3, 12, 40, 200}) {
      String[] labels =
          IntStream.range(0, columns).mapToObj(i -> i + " token" + i).toArray(String[]::new);
      double[] data = new double[2 * columns];
      boolean[] present = new boolean[data.length];
      for (int i = 0; i < data.length; i++) {
        data[i] = -100 + i * 0.731;
        present[i] = true;
      }
      PlotGrid grid = grid(axis("layer", "0", "1"), axis("pos", labels), data, present);
      for (Screen.Colours colours : Screen.Colours.values()) {
        for (int width : new int[] {40, 80, 200}) {
          for (String line : lines(grid, new Screen(colours, width))) {
            assertTrue(Columns.width(line) <= width, columns + " in " + width + ": " + line);
          }
        }
      }
    }
  }

  @Test
  void narrowColumnsReadDownwards() {
    String[] labels = IntStream.range(0, 20).mapToObj(i -> i + " ab").toArray(String[]::new);
    double[] data = new double[20];
    boolean[] present = new boolean[20];
    java.util.Arrays.fill(present, true);
    List<String> lines =
        lines(
            grid(axis("layer", "0"), axis("pos", labels), data, present),
            new Screen(Screen.Colours.NONE, 60));
    assertEquals("a", lines.get(3).strip().substring(0, 1));
    assertEquals("b", lines.get(4).strip().substring(0, 1));
    assertEquals(5 + 1 + 1, lines.size());
  }

  @Test
  void nothingFromATokenMovesTheCursor() {
    PlotGrid grid =
        grid(
            axis("layer", "\u001b[2J"),
            axis("pos", "a\r", "b"),
            new double[] {1, 2},
            new boolean[] {true, true});
    for (String line : lines(grid, new Screen(Screen.Colours.NONE, 60))) {
      assertTrue(line.chars().noneMatch(c -> c < ' '), line);
    }
  }
}
