package org.tidegate.ledger.fabric;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.contract.TidegateContract;

/** Brings started programs to where they are a ledger; every step may be repeated. */
final class Deployment {
  private static final Duration TIME = Duration.ofSeconds(90);
  private static final String PROBE = "getSpace";

  private final NetworkLayout layout;
  private final SecureRandom random;
  private final Runnable requireRunning;
  private final Patience patience = new Patience(TIME);

  /**
   * @param requireRunning throws when a process has ended, since waiting is then in vain
   */
  Deployment(NetworkLayout layout, SecureRandom random, Runnable requireRunning) {
    this.layout = layout;
    this.random = random;
    this.requireRunning = requireRunning;
  }

  /** What an organisation's peer installs; its id differs, as each names its own process. */
  static ServicePackage contractPackage(NetworkLayout layout, String organisation) {
    return ServicePackage.of(
        TidegateContract.NAME, NetworkLayout.at(layout.ports(organisation).service()));
  }

  void run(List<FabricOrganisation> organisations, Block genesis) {
    joinOrderer(organisations, genesis);
    Map<String, ManagedChannel> channels = new TreeMap<>();
    Map<String, Lifecycle> lifecycles = new TreeMap<>();
    try {
      for (FabricOrganisation member : organisations) {
        String name = member.name();
        Credentials admin = Credentials.of(member, "admin", random);
        ManagedChannel channel =
            Connections.to(layout.ports(name).peer(), NetworkFiles.tlsAuthority(layout, name));
        channels.put(name, channel);
        PeerAdmin peer = new PeerAdmin(name, admin, channel, random);
        await("joining the peer of '" + name + "'", () -> join(peer, genesis));
        ServicePackage contract = contractPackage(layout, name);
        await(
            "installing at the peer of '" + name + "'",
            () -> {
              String unused = peer.install(contract);
            },
            "already successfully installed");
        lifecycles.put(
            name, new Lifecycle(name, admin, channel, layout.space(), TidegateContract.NAME));
      }
      lifecycles.forEach((name, lifecycle) ->
          await(
              "the approval of '" + name + "'",
              () -> lifecycle.approve(contractPackage(layout, name).id()),
              "unchanged content",
              "must be sequence"));
      Lifecycle any = lifecycles.values().iterator().next();
      List<String> names = List.copyOf(lifecycles.keySet());
      await("committing the contract", () -> any.commit(names), "must be sequence");
    } finally {
      lifecycles.values().forEach(Lifecycle::close);
      channels.values().forEach(Connections::close);
    }
    awaitContract();
  }

  private void joinOrderer(List<FabricOrganisation> organisations, Block genesis) {
    FabricOrganisation ordering =
        organisations.stream()
            .filter(member -> member.name().equals(layout.orderer()))
            .findFirst()
            .orElseThrow();
    try (OrdererAdmin orderer =
        new OrdererAdmin(
            layout.adminPort(), ordering.authority(), Credentials.tls(ordering, random))) {
      await(
          "joining the orderer",
          () -> {
            if (!orderer.isIn(layout.space())) {
              orderer.join(genesis);
            }
          });
    }
  }

  private void join(PeerAdmin peer, Block genesis) {
    if (!peer.channels().contains(layout.space())) {
      peer.join(genesis);
    }
  }

  /** Waits until all organisations' contracts endorse through each organisation's gateway. */
  void awaitContract() {
    List<String> names = List.copyOf(layout.peers().keySet());
    for (String name : names) {
      ManagedChannel channel =
          Connections.to(layout.ports(name).peer(), NetworkFiles.tlsAuthority(layout, name));
      try (Lifecycle node =
          new Lifecycle(
              name,
              NetworkFiles.node(layout, name),
              channel,
              layout.space(),
              TidegateContract.NAME)) {
        await("the first endorsement for '" + name + "'", () -> node.probe(PROBE, "{}", names));
      } catch (IOException e) {
        throw new FabricException(
            "the identity of '" + name + "' cannot be read: " + e.getMessage(), e);
      } finally {
        Connections.close(channel);
      }
    }
  }

  private void await(String what, Patience.Step step, String... done) {
    patience.await(
        what,
        step,
        text -> {
          for (String words : done) {
            if (text.contains(words)) {
              return true;
            }
          }
          return false;
        },
        requireRunning);
  }
}
