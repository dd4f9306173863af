package org.tidegate.ledger.audit;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An audit's result as one page for people: no script, nothing from elsewhere, made to be printed.
 * The page is well-formed XML, and the same report gives the same page.
 */
public final class HtmlReport {
  private static final String STYLE =
      """
      body{font:15px/1.45 system-ui,sans-serif;color:#1c2733;max-width:62em;margin:2em auto;
      padding:0 1em}
      h1{font-size:1.6em;margin-bottom:.2em}
      h2{font-size:1.15em;margin:2em 0 .5em;break-after:avoid}
      p.sub{color:#5b6b7b;margin-top:0}
      code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}
      .verdict{border-left:.5em solid;padding:.6em 1em;font-weight:600}
      .holds{border-color:#1a7f4b;background:#e9f6ef}
      .fails{border-color:#b3261e;background:#fdecea}
      table{border-collapse:collapse;width:100%}
      tr{break-inside:avoid}
      th,td{text-align:left;vertical-align:top;padding:.35em .6em;border-bottom:1px solid #d8dfe6}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
      svg{display:block;max-width:100%}
      svg text{font:12px system-ui,sans-serif;fill:#1c2733}
      .used{fill:#1f5fa8}
      .reserved{fill:#e0a03a}
      .released{fill:#fff;stroke:#5b6b7b;stroke-dasharray:3 2}
      .free{fill:#e6ebf0}
      .key span{display:inline-block;margin-right:1.2em}
      .key svg{display:inline-block;margin-right:.4em}
      @media print{
      body{margin:0;max-width:none;font-size:12px}
      .used,.reserved,.released,.free,.verdict{print-color-adjust:exact}
      }
      """;

  private final StringBuilder out = new StringBuilder();
  private final AuditReport report;

  private HtmlReport(AuditReport report) {
    this.report = report;
  }

  /** The page. */
  public static String of(AuditReport report) {
    HtmlReport page = new HtmlReport(report);
    page.write();
    return page.out.toString();
  }

  private void write() {
    out.append("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n")
        .append("<head><meta charset=\"utf-8\"/>")
        .append("<meta name=\"viewport\" content=\"width=device-width\"/>")
        .append("<title>Ledger audit</title><style>\n")
        .append(STYLE)
        .append("</style></head>\n<body>\n<h1>Ledger audit</h1>\n");
    out.append("<p class=\"sub\"><span id=\"height\">")
        .append(report.height())
        .append("</span> blocks; the last has the hash <code id=\"head\">")
        .append(escape(report.headHash().text()))
        .append("</code></p>\n");
    verdict();
    findings();
    grants();
    purposes();
    months();
    heads();
    trusts();
    out.append("</body>\n</html>\n");
  }

  private void verdict() {
    int count = report.findings().size();
    out.append("<p id=\"verdict\" class=\"verdict ")
        .append(report.holds() ? "holds\">Everything holds." : "fails\">")
        .append(
            report.holds()
                ? ""
                : count + (count == 1 ? " finding" : " findings") + ": something does not hold.")
        .append("</p>\n");
  }

  private void findings() {
    if (report.holds()) {
      return;
    }
    heading("Findings");
    out.append("<table id=\"findings\"><thead><tr><th>Place</th><th>Code</th><th>What</th></tr>")
        .append("</thead><tbody>\n");
    for (Finding finding : report.findings()) {
      out.append("<tr><td>")
          .append(escape(finding.place()))
          .append("</td><td><code>")
          .append(escape(finding.code()))
          .append("</code></td><td>")
          .append(escape(finding.message()))
          .append(
              finding
                  .jobId()
                  .map(job -> "<br/>job <code>" + escape(job.text()) + "</code>")
                  .orElse(""))
          .append("</td></tr>\n");
    }
    out.append("</tbody></table>\n");
  }

  private void grants() {
    heading("Uses of each grant");
    if (report.balances().isEmpty()) {
      out.append("<p>There are no grants to show.</p>\n");
      return;
    }
    key(true);
    out.append("<table id=\"grants\"><thead><tr><th>Grant</th><th class=\"n\">Limit</th>")
        .append("<th class=\"n\">Used</th><th class=\"n\">Reserved</th>")
        .append("<th class=\"n\">Given back</th><th>Share of the limit</th></tr></thead><tbody>\n");
    for (GrantBalance balance : report.balances()) {
      out.append("<tr><td>")
          .append(escape(balance.owner()))
          .append('/')
          .append(escape(balance.grant()))
          .append("</td>");
      number(balance.limit());
      number(balance.used());
      number(balance.reserved());
      number(balance.released());
      out.append("<td>");
      bar(balance);
      out.append("</td></tr>\n");
    }
    out.append("</tbody></table>\n");
  }

  private void number(long value) {
    out.append("<td class=\"n\">").append(value).append("</td>");
  }

  private void bar(GrantBalance balance) {
    SvgBars.stacked(
        out,
        balance.limit(),
        List.of(
            new SvgBars.Part("used", balance.used()),
            new SvgBars.Part("reserved", balance.reserved()),
            new SvgBars.Part(
                "free", Math.max(0, balance.limit() - balance.used() - balance.reserved()))));
  }

  private void purposes() {
    SortedMap<String, long[]> sums = new TreeMap<>();
    for (Usage usage : report.usage()) {
      add(sums, usage.purpose(), usage);
    }
    table("purposes", "Uses for each purpose", "Purpose", sums);
  }

  private static void add(SortedMap<String, long[]> sums, String name, Usage usage) {
    long[] sum = sums.computeIfAbsent(name, key -> new long[3]);
    sum[0] += usage.used();
    sum[1] += usage.reserved();
    sum[2] += usage.released();
  }

  private void table(String id, String title, String first, SortedMap<String, long[]> sums) {
    if (sums.isEmpty()) {
      return;
    }
    heading(title);
    key(false);
    long most = sums.values().stream().mapToLong(sum -> sum[0] + sum[1] + sum[2]).max().orElse(0);
    out.append("<table id=\"")
        .append(id)
        .append("\"><thead><tr><th>")
        .append(first)
        .append("</th><th class=\"n\">Used</th><th class=\"n\">Reserved</th>")
        .append("<th class=\"n\">Given back</th><th>Uses</th></tr></thead><tbody>\n");
    for (Map.Entry<String, long[]> entry : sums.entrySet()) {
      long[] sum = entry.getValue();
      out.append("<tr><td>").append(escape(entry.getKey())).append("</td>");
      number(sum[0]);
      number(sum[1]);
      number(sum[2]);
      out.append("<td>");
      SvgBars.stacked(
          out,
          most,
          List.of(
              new SvgBars.Part("used", sum[0]),
              new SvgBars.Part("reserved", sum[1]),
              new SvgBars.Part("released", sum[2])));
      out.append("</td></tr>\n");
    }
    out.append("</tbody></table>\n");
  }

  private void months() {
    SortedMap<String, long[]> sums = new TreeMap<>();
    for (Usage usage : report.usage()) {
      add(sums, usage.month(), usage);
    }
    if (sums.isEmpty()) {
      return;
    }
    table("months", "Uses in each month", "Month", sums);
    SvgBars.columns(out, sums);
  }

  private void heads() {
    heading("Who signed for the chain's end");
    if (report.heads().isEmpty()) {
      out.append("<p>No signed head was looked at.</p>\n");
      return;
    }
    out.append("<table id=\"heads\"><thead><tr><th>Member</th><th class=\"n\">Blocks</th>")
        .append("<th>Signed at</th><th>Holds</th></tr></thead><tbody>\n");
    for (HeadWord head : report.heads()) {
      out.append("<tr><td>").append(escape(head.participant())).append("</td>");
      number(head.height());
      out.append("<td>")
          .append(escape(head.at().toString()))
          .append("</td><td>")
          .append(head.holds() ? "yes" : "no")
          .append("</td></tr>\n");
    }
    out.append("</tbody></table>\n");
  }

  private void trusts() {
    heading("What this rests on");
    out.append("<ul id=\"trusts\">\n");
    for (String trust : report.trusts()) {
      out.append("<li>").append(escape(trust)).append("</li>\n");
    }
    out.append("</ul>\n<p>Everything else was verified: links and signatures of blocks, signatures")
        .append(" and endorsements of transactions, what they read, and each transaction run")
        .append(" again by the contract's rules.</p>\n");
  }

  private void heading(String text) {
    out.append("<h2>").append(escape(text)).append("</h2>\n");
  }

  private void key(boolean ofGrants) {
    out.append("<p class=\"key\">");
    for (String name : List.of("used", "reserved", ofGrants ? "free" : "released")) {
      out.append("<span><svg width=\"12\" height=\"12\"><rect class=\"")
          .append(name)
          .append("\" x=\"1\" y=\"1\" width=\"10\" height=\"10\"/></svg>")
          .append(name.equals("released") ? "given back" : name)
          .append("</span>");
    }
    out.append("</p>\n");
  }

  /** Text as it may stand in an element or a quoted attribute; what XML does not allow is shown. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> {
              boolean allowed =
                  point >= 0x20
                      && !(point >= 0x7f && point < 0xa0)
                      && !(point >= 0xd800 && point < 0xe000)
                      && (point & 0xfffe) != 0xfffe;
              escaped.appendCodePoint(allowed ? point : 0xfffd);
            }
          }
        });
    return escaped.toString();
  }
}
