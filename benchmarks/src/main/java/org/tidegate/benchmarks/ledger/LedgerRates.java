package org.tidegate.benchmarks.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.benchmarks.Machine;

/**
 * What came out.
 *
 * @param settings what was measured
 * @param rates per second, one of every run
 */
record LedgerRates(LedgerBench.Settings settings, Map<Line, List<Double>> rates) {
  /**
   * What was timed.
   *
   * @param work raw, reserve, receipt or settle
   * @param clients callers at a time
   * @param grants over which uses were spread; 0 where there are none
   */
  record Line(String work, int clients, int grants) {}

  private static List<Double> sorted(List<Double> values) {
    return values.stream().sorted().toList();
  }

  private static double median(List<Double> values) {
    return sorted(values).get((values.size() - 1) / 2);
  }

  private static String grants(Line line) {
    return switch (line.grants()) {
      case 0 -> "";
      case 1 -> "one hot grant";
      default -> "%,d grants".formatted(line.grants());
    };
  }

  /** The rate as a part of the raw one: the median of the runs' own ratios. */
  private double toRaw(Line line) {
    List<Double> raw = of(new Line("raw", line.clients(), 0));
    List<Double> own = of(line);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ratios.add(own.get(i) / raw.get(i));
    }
    return median(ratios);
  }

  private List<Double> of(Line line) {
    return rates.getOrDefault(line, List.of());
  }

  /** For people. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "ledger %s, two nodes, transactions per second (median of %d)"
            .formatted(settings.kind().text(), settings.runs()));
    for (Line line : rates.keySet()) {
      String ratio = line.work().equals("raw") ? "" : "%.2f of raw".formatted(toRaw(line));
      lines.add(
          "  %-8s %3d clients  %-13s %7.1f  %s"
              .formatted(line.work(), line.clients(), grants(line), median(of(line)), ratio)
              .stripTrailing());
    }
    return lines;
  }

  /** As in {@code interfaces.md}. */
  Map<String, Object> json() {
    List<Map<String, Object>> results = new ArrayList<>();
    for (Line line : rates.keySet()) {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put("ledger", settings.kind().text());
      params.put("clients", line.clients());
      params.put("grants", line.grants());
      params.put("warm", settings.warm());
      params.put("runs", settings.runs());
      List<Double> values = sorted(of(line));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("name", "ledger." + line.work());
      result.put("params", params);
      result.put("unit", "1/s");
      result.put("value", median(values));
      result.put("low", values.getFirst());
      result.put("high", values.getLast());
      result.put("ratios", line.work().equals("raw") ? Map.of() : Map.of("raw", toRaw(line)));
      result.put("absent", List.of());
      results.add(result);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("machine", Machine.json());
    answer.put("results", results);
    return answer;
  }
}
