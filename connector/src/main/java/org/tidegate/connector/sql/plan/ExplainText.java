package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidegate.ledger.records.Operation;

/** An {@link Explain} in words. */
final class ExplainText {
  private static final String INDENT = "  ";

  private final Explain explain;
  private final Plan plan;
  private final StringBuilder text = new StringBuilder();

  ExplainText(Explain explain) {
    this.explain = explain;
    this.plan = explain.plan();
  }

  String render() {
    answer();
    protocol();
    fragments();
    runs();
    leakage();
    cost();
    grants();
    return text.toString();
  }

  private void line(int depth, String words) {
    text.append(INDENT.repeat(depth)).append(words).append('\n');
  }

  private void answer() {
    line(0, "Answer, for " + plan.recipient() + " alone");
    explain.explained().answerLines().forEach(line -> line(1, line));
  }

  private void protocol() {
    PlanNumbers numbers = plan.numbers();
    line(0, "Protocol " + plan.protocol() + ", " + plan.security());
    line(1, explain.explained().protocol().source());
    line(1, explain.explained().protocol().security());
    explain.explained().why().forEach(why -> line(1, "- " + why));
    line(0, "Parameters");
    explain.explained().parameterLines().forEach(line -> line(1, line));
    line(
        1,
        "computational security κ = "
            + numbers.computationalBits()
            + " bits, statistical security λ = "
            + numbers.statisticalBits()
            + " bits");
    line(1, "engine DuckDB " + plan.engine());
  }

  private void fragments() {
    line(0, "Each owner reads of its own table, and sends to nobody");
    for (Fragment fragment : plan.fragments()) {
      line(1, Explain.name(fragment) + ", at most " + rows(fragment.maxRows()));
      line(2, fragment.sql());
      if (!fragment.slots().isEmpty()) {
        line(
            2,
            "values of a key: "
                + fragment.slots().stream().map(ExplainText::of).collect(Collectors.joining(", ")));
      }
    }
  }

  private static String rows(int rows) {
    return rows == 1 ? "1 row" : rows + " rows";
  }

  private static String of(Fragment.Slot slot) {
    return slot.name()
        + " of "
        + slot.valueBits()
        + (slot.valueBits() == 1 ? " bit" : " bits")
        + (slot.isDouble()
            ? " in units of 2^-" + ValueType.DOUBLE_UNIT_BITS
            : slot.scale() == 0 ? "" : " in units of 10^-" + slot.scale());
  }

  private void runs() {
    line(0, "Runs");
    explain.runs().forEach(run -> line(1, run.lane() + ": " + run.words()));
  }

  private void leakage() {
    line(0, "Anybody learns, beyond the own input");
    line(
        1, String.join(" and ", explain.readers()) + ": the statement, with all that stands in it");
    for (Fragment fragment : plan.fragments()) {
      Map<String, List<String>> endings = new LinkedHashMap<>();
      for (Plan.Leak leak : plan.leakage()) {
        if (leak.participant().equals(fragment.owner())) {
          endings
              .computeIfAbsent(leak.ending(), ending -> new ArrayList<>())
              .add(leak.what() + " [" + leak.code() + "]");
        }
      }
      endings.forEach((ending, leaks) -> {
        line(1, fragment.owner() + ", on " + ending);
        leaks.forEach(leak -> line(2, "- " + leak));
      });
    }
  }

  private void cost() {
    line(0, "Cost, estimated from declared sizes");
    for (Explained.Run run : explain.runs()) {
      line(
          1,
          run.lane()
              + ": "
              + bytes(run.cost().firstToSecondBytes())
              + " "
              + run.first()
              + " to "
              + run.second()
              + ", "
              + bytes(run.cost().secondToFirstBytes())
              + " back, "
              + run.cost().rounds()
              + " rounds; one core's time "
              + seconds(run.cost().firstCpuMillis())
              + " at "
              + run.first()
              + ", "
              + seconds(run.cost().secondCpuMillis())
              + " at "
              + run.second());
    }
    line(
        1,
        "in all about "
            + seconds(explain.computeMillis())
            + " of computing, and "
            + seconds(explain.lineMillis())
            + " on a line of "
            + plan.numbers().lineMegabits()
            + " Mbit/s");
  }

  private static String bytes(long n) {
    if (n < 1_000) {
      return n + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB", "PB"};
    double value = n / 1_000.0;
    int unit = 0;
    while (value >= 999.95 && unit < units.length - 1) {
      value /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, millis < 10_000 ? "%.1f s" : "%.0f s", millis / 1_000.0);
  }

  private void grants() {
    line(0, "Grants");
    for (Fragment fragment : plan.fragments()) {
      String columns =
          fragment.uses().columns().entrySet().stream()
              .map(use ->
                  use.getKey()
                      + " ("
                      + use.getValue().stream()
                          .map(Operation::text)
                          .collect(Collectors.joining(", "))
                      + ")")
              .collect(Collectors.joining(", "));
      line(
          1,
          explain.needsGrant(fragment)
              ? "one of " + fragment.owner() + " on " + Explain.name(fragment) + ": " + columns
              : "none on " + Explain.name(fragment) + ", which is the recipient's own: " + columns);
    }
  }
}
