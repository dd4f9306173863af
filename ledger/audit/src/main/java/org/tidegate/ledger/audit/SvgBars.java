package org.tidegate.ledger.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Bars and columns of counts as SVG, coloured by the page's classes. */
final class SvgBars {
  private static final int BAR_WIDTH = 260;
  private static final int BAR_HEIGHT = 16;
  private static final int COLUMN_WIDTH = 34;
  private static final int COLUMN_STEP = 62;
  private static final int COLUMN_HEIGHT = 150;
  private static final List<String> NAMES = List.of("used", "reserved", "released");

  private SvgBars() {}

  /**
   * A part of a bar.
   *
   * @param name its class, and what a pointer that rests on it is told
   */
  record Part(String name, long count) {}

  /**
   * One bar of several parts.
   *
   * @param most the count that fills its width
   */
  static void stacked(StringBuilder out, long most, List<Part> parts) {
    out.append("<svg role=\"img\" width=\"%d\" height=\"%d\">".formatted(BAR_WIDTH, BAR_HEIGHT));
    long before = 0;
    for (Part part : parts) {
      if (part.count() > 0) {
        rect(
            out,
            part.name(),
            part.count(),
            at(before, most, BAR_WIDTH),
            1,
            at(part.count(), most, BAR_WIDTH),
            BAR_HEIGHT - 2);
        before += part.count();
      }
    }
    out.append("</svg>");
  }

  /** Columns of used, reserved and released, one a name. */
  static void columns(StringBuilder out, SortedMap<String, long[]> sums) {
    long most =
        Math.max(
            1, sums.values().stream().mapToLong(sum -> sum[0] + sum[1] + sum[2]).max().orElse(1));
    int width = COLUMN_STEP * sums.size() + 10;
    int height = COLUMN_HEIGHT + 40;
    out.append(
        "<svg id=\"columns\" role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"
            .formatted(width, height, width, height));
    int column = 0;
    for (Map.Entry<String, long[]> entry : sums.entrySet()) {
      double x = COLUMN_STEP * column++ + 14;
      double y = COLUMN_HEIGHT + 18;
      long total = 0;
      for (int i = 0; i < NAMES.size(); i++) {
        long count = entry.getValue()[i];
        if (count > 0) {
          double tall = at(count, most, COLUMN_HEIGHT);
          y -= tall;
          rect(out, NAMES.get(i), count, x, y, COLUMN_WIDTH, tall);
          total += count;
        }
      }
      text(out, x + COLUMN_WIDTH / 2.0, y - 4, String.valueOf(total));
      text(out, x + COLUMN_WIDTH / 2.0, COLUMN_HEIGHT + 34, entry.getKey());
    }
    out.append("</svg>\n");
  }

  private static double at(long count, long most, int size) {
    return most <= 0 ? 0 : Math.min(1.0, (double) count / most) * size;
  }

  private static void rect(
      StringBuilder out, String name, long count, double x, double y, double width, double height) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                + "<title>%s: %d</title></rect>",
            name,
            x,
            y,
            width,
            height,
            name.equals("released") ? "given back" : name,
            count));
  }

  private static void text(StringBuilder out, double x, double y, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n",
            x,
            y,
            HtmlReport.escape(text)));
  }
}
