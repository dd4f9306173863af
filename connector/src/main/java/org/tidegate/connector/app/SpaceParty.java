package org.tidegate.connector.app;

import java.security.PrivateKey;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.job.Party;

/** Who this node is, from its home; a renewed key or member list is followed. */
record SpaceParty(NodeHome home) implements Party {
  @Override
  public String self() {
    return home.participant();
  }

  @Override
  public String space() {
    return home.space().space();
  }

  @Override
  public boolean isMember(String participant) {
    return home.space().member(participant).isPresent();
  }

  @Override
  public PrivateKey receiptKey() {
    return home.receipt().privateKey();
  }
}
