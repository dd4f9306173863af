package org.tidegate.ledger.fabric;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.tidegate.ledger.embedded.BatchLimits;

/**
 * The space whose ledger a network is to be.
 *
 * @param name the space's name, which becomes the channel's
 * @param authority the space authority's certificate
 * @param organisations the members, each with a peer and a contract process
 * @param orderer the member that orders
 * @param batches when the orderer cuts a block
 */
public record FabricSpace(
    String name,
    X509Certificate authority,
    List<FabricOrganisation> organisations,
    String orderer,
    BatchLimits batches) {
  /** As the embedded ledger's, but 10 ms: each block is written by several processes. */
  public static final BatchLimits BATCHES =
      new BatchLimits(500, 2 << 20, 10 << 20, Duration.ofMillis(10));

  /** With the batches that suit a network on one machine. */
  public static FabricSpace of(
      String name,
      X509Certificate authority,
      List<FabricOrganisation> organisations,
      String orderer) {
    return new FabricSpace(name, authority, organisations, orderer, BATCHES);
  }

  /** Copies the list, and sees to it that the orderer is in it. */
  public FabricSpace {
    organisations = List.copyOf(organisations);
    if (organisations.stream().noneMatch(member -> member.name().equals(orderer))) {
      throw new IllegalArgumentException("the orderer '" + orderer + "' is no member");
    }
  }

  /** The members' names, in order. */
  public List<String> names() {
    return organisations.stream().map(FabricOrganisation::name).sorted().toList();
  }

  FabricOrganisation ordering() {
    return organisations.stream()
        .filter(member -> member.name().equals(orderer))
        .findFirst()
        .orElseThrow();
  }
}
