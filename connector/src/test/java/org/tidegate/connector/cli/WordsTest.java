package org.tidegate.connector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WordsTest {
  @Test
  void tellsAProduct() {
    JsonNode product =
        Output.mapper()
            .readTree(
                """
                {"owner": "bank", "name": "credit", "version": 2, "rows": 400, "digest": "sha256:00",
                 "columns": [{"name": "uscc", "type": "VARCHAR"},
                             {"name": "line", "type": "DECIMAL(18,2)"}]}
                """);
    assertThat(Words.product(product))
        .containsExactly(
            "bank.credit, version 2, 400 rows, sha256:00", "  uscc VARCHAR, line DECIMAL(18,2)");
  }

  @Test
  void tellsWhatAJobDoesNow() {
    assertThat(Words.phase("reserve")).isEqualTo("reserving the use on the ledger");
    assertThat(Words.phase("leg0 encrypted sums")).isEqualTo("computing: encrypted sums");
    assertThat(Words.phase("legless")).isEqualTo("legless");
  }

  @Test
  void tellsAGrantAndThatItIsRevoked() {
    JsonNode grant =
        Output.mapper()
            .readTree(
                """
                {"id": "g", "owner": "tax", "product": "filings", "purpose": "risk", "count": 5,
                 "recipients": ["bank", "port"], "from": "A", "until": "B", "minimumGroup": 20,
                 "columns": {"paid": ["avg", "sum"], "uscc": ["join"]}, "revoked": "it ended"}
                """);
    assertThat(Words.grant(grant))
        .containsExactly(
            "g: tax.filings to bank, port for 'risk', 5 uses from A until B, groups of at least 20",
            "  paid (avg, sum), uscc (join)",
            "  REVOKED: it ended");
  }
}
