package org.tidegate.connector.job;

import java.security.PrivateKey;

/** Who this node is. */
public interface Party {
  /** The participant's name. */
  String self();

  /** The space's name. */
  String space();

  /** Whether a participant is a member of the space. */
  boolean isMember(String participant);

  /** The key that signs proposals, acceptances, receipts and statements. */
  PrivateKey receiptKey();
}
