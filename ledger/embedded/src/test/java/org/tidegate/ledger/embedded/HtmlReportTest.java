package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.GrantBalance;
import org.tidegate.ledger.audit.HeadWord;
import org.tidegate.ledger.audit.HtmlReport;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.audit.Usage;
import org.tidegate.ledger.contract.TestJobs;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page says what the report says, and nothing in it comes from elsewhere. */
class HtmlReportTest {
  private static Document parse(String page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
  }

  private static Element byId(Document page, String id) {
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (element.getAttribute("id").equals(id)) {
        return element;
      }
    }
    throw new AssertionError("no " + id);
  }

  /** The cells of a table's body, pictures left out. */
  private static List<List<String>> rows(Document page, String id) {
    List<List<String>> rows = new ArrayList<>();
    NodeList trs = byId(page, id).getElementsByTagName("tr");
    for (int i = 1; i < trs.getLength(); i++) {
      List<String> row = new ArrayList<>();
      NodeList tds = ((Element) trs.item(i)).getElementsByTagName("td");
      for (int j = 0; j < tds.getLength(); j++) {
        if (((Element) tds.item(j)).getElementsByTagName("svg").getLength() == 0) {
          row.add(tds.item(j).getTextContent());
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private static AuditReport audit(Path directory) throws IOException {
    HonestLife life = new HonestLife();
    LedgerExport export = LedgerExport.create(directory.resolve("export"));
    for (var block : life.blocks()) {
      export.write(block);
    }
    export.write(life.heads);
    return new LedgerAudit(export, life.space.root(), Optional.empty()).report();
  }

  @Test
  void thePageHoldsTheReportsNumbers(@TempDir Path directory) throws Exception {
    AuditReport report = audit(directory);
    String text = HtmlReport.of(report);
    Document page = parse(text);
    assertThat(byId(page, "verdict").getTextContent()).isEqualTo("Everything holds.");
    assertThat(byId(page, "height").getTextContent()).isEqualTo("" + report.height());
    assertThat(byId(page, "head").getTextContent()).isEqualTo(report.headHash().text());
    assertThat(rows(page, "grants"))
        .isEqualTo(
            report.balances().stream()
                .map(balance ->
                    List.of(
                        balance.owner() + "/" + balance.grant(),
                        "" + balance.limit(),
                        "" + balance.used(),
                        "" + balance.reserved(),
                        "" + balance.released()))
                .toList());
    assertThat(rows(page, "months").size()).isGreaterThan(2);
    for (String table : List.of("months", "purposes")) {
      assertSums(report, rows(page, table), Usage::used, 1);
      assertSums(report, rows(page, table), Usage::reserved, 2);
      assertSums(report, rows(page, table), Usage::released, 3);
    }
    assertThat(report.usage().stream().mapToLong(Usage::used).sum())
        .isEqualTo(report.balances().stream().mapToLong(GrantBalance::used).sum())
        .isPositive();
    assertThat(rows(page, "heads")).hasSize(2).allMatch(row -> row.getLast().equals("yes"));
    assertThat(text).doesNotContain("<script").doesNotContain("href").doesNotContain("url(");
    assertThat(HtmlReport.of(report)).isEqualTo(text);
  }

  private static void assertSums(
      AuditReport report, List<List<String>> rows, ToLongFunction<Usage> count, int column) {
    assertThat(rows.stream().mapToLong(row -> Long.parseLong(row.get(column))).sum())
        .isEqualTo(report.usage().stream().mapToLong(count).sum());
  }

  @Test
  void whatLiarsWroteIsTextAndNotMarkup() throws Exception {
    String nasty = "</td><script>alert('1')</script>&\"\u0000\u0008\ud800<!-- ]]>";
    AuditReport report =
        new AuditReport(
            3,
            TestJobs.digest("head"),
            List.of(nasty),
            List.of(
                new Finding(
                    nasty, 2, OptionalInt.of(1), Optional.of(TestJobs.digest("job")), nasty)),
            List.of(new GrantBalance(nasty, nasty, 0, 3, 4, 5)),
            List.of(new Usage(nasty, nasty, nasty, nasty, 1, 2, 3)),
            List.of(new HeadWord(nasty, 3, Instant.EPOCH, false)));
    Document page = parse(HtmlReport.of(report));
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(byId(page, "verdict").getTextContent()).startsWith("1 finding:");
    assertThat(rows(page, "findings")).hasSize(1);
    assertThat(rows(page, "findings").getFirst().getFirst()).isEqualTo("block 2, transaction 1");
    assertThat(rows(page, "findings").getFirst().get(1)).contains("<script>");
    assertThat(rows(page, "heads").getFirst().getLast()).isEqualTo("no");
  }

  @Test
  void aReportWithoutGrantsIsAPageToo() throws Exception {
    Document page =
        parse(
            HtmlReport.of(
                new AuditReport(
                    1,
                    TestJobs.digest("head"),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of())));
    assertThat(byId(page, "trusts").getElementsByTagName("li").getLength()).isZero();
  }
}
