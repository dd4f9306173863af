package org.tidegate.connector.app;

import java.time.Instant;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Signed;

/**
 * Signs records in the participant's name, with the receipt key of now: it may be renewed.
 *
 * @param home whose keys
 */
record RecordSigner(NodeHome home) {
  String participant() {
    return home.participant();
  }

  <T extends CanonicalRecord> Signed<T> sign(T record) {
    return Signed.sign(record, home.receipt().privateKey());
  }

  Instant now() {
    return Instant.now();
  }
}
