package org.tidegate.benchmarks.psi;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.benchmarks.Machine;

/**
 * What came out of some runs. The parts are those of the run with the median time, as the left side
 * saw it, from both sides being ready to the matching rows in their file.
 *
 * @param settings what was measured
 * @param leftRows rows of the left file
 * @param rightRows rows of the right file
 * @param sorted the runs, the fastest first
 */
record PsiMeasurement(
    PsiBench.Settings settings, long leftRows, long rightRows, List<Both> sorted) {
  /** A run as both sides saw it. */
  record Both(PsiProcess.Run left, PsiProcess.Run right) {
    double totalSeconds() {
      return left.totalSeconds();
    }
  }

  /** Sorts the runs. */
  static PsiMeasurement of(
      PsiBench.Settings settings, long leftRows, long rightRows, List<Both> runs) {
    return new PsiMeasurement(
        settings,
        leftRows,
        rightRows,
        runs.stream().sorted(Comparator.comparingDouble(Both::totalSeconds)).toList());
  }

  private Both median() {
    return sorted.get((sorted.size() - 1) / 2);
  }

  private String line() {
    return settings.bitsPerSecond().isEmpty()
        ? "loopback"
        : "%,d bit/s, %d ms each way"
            .formatted(settings.bitsPerSecond().get(), settings.delay().toMillis());
  }

  /** For people. */
  List<String> table() {
    PsiProcess.Run left = median().left;
    PsiProcess.Run right = median().right;
    double bits =
        8.0
            * (left.sentBytes() + left.receivedBytes())
            / Math.max(1, Math.max(leftRows, rightRows));
    return List.of(
        "psi %,d x %,d, %s, %s, %s"
            .formatted(leftRows, rightRows, left.protocol(), settings.security(), line()),
        "  total    %8.3f s   (%d runs: %.3f to %.3f s)"
            .formatted(
                left.totalSeconds(),
                sorted.size(),
                sorted.getFirst().totalSeconds(),
                sorted.getLast().totalSeconds()),
        "  input    %8.3f s".formatted(left.inputSeconds()),
        "  offline  %8.3f s".formatted(left.offlineSeconds()),
        "  online   %8.3f s".formatted(left.onlineSeconds()),
        "  output   %8.3f s".formatted(left.outputSeconds()),
        "  bytes    %,d left to right, %,d right to left: %.1f bits per item of the larger set"
            .formatted(left.sentBytes(), left.receivedBytes(), bits),
        "  rounds   %,d".formatted(left.rounds()),
        "  memory   %,d MiB left, %,d MiB right, at most"
            .formatted(left.peakRssBytes() >> 20, right.peakRssBytes() >> 20),
        "  matches  %,d, as they should be".formatted(left.matches()));
  }

  /** As in {@code interfaces.md}. */
  Map<String, Object> json() {
    PsiProcess.Run left = median().left;
    PsiProcess.Run right = median().right;
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("leftRows", leftRows);
    params.put("rightRows", rightRows);
    params.put("protocol", left.protocol());
    params.put("security", settings.security());
    params.put("line", line());
    params.put("warmRuns", settings.warmRuns());
    params.put("runs", sorted.size());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", "psi");
    result.put("params", params);
    result.put("unit", "s");
    result.put("value", left.totalSeconds());
    result.put("low", sorted.getFirst().totalSeconds());
    result.put("high", sorted.getLast().totalSeconds());
    result.put("ratios", Map.of());
    result.put("absent", List.of());
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("input", left.inputSeconds());
    seconds.put("offline", left.offlineSeconds());
    seconds.put("online", left.onlineSeconds());
    seconds.put("output", left.outputSeconds());
    seconds.put("total", left.totalSeconds());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("machine", Machine.json());
    answer.put("results", List.of(result));
    answer.put("seconds", seconds);
    answer.put("bytes", pair("leftToRight", left.sentBytes(), "rightToLeft", left.receivedBytes()));
    answer.put("rounds", left.rounds());
    answer.put("peakRssBytes", pair("left", left.peakRssBytes(), "right", right.peakRssBytes()));
    answer.put("matches", left.matches());
    return answer;
  }

  private static Map<String, Long> pair(String a, long x, String b, long y) {
    Map<String, Long> map = new LinkedHashMap<>();
    map.put(a, x);
    map.put(b, y);
    return map;
  }
}
