package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.SignedHead;

/** Nodes that come and go, through the real client. */
class OutageTest {
  private final TestSpace space = new TestSpace();

  @Test
  void nodesComeAndGo(@TempDir Path directory) throws Exception {
    try (EmbeddedNetwork network = new EmbeddedNetwork(space, directory, settings -> settings)) {
      network.start("bank");
      network.start("tax");
      RecordLedgerClient tax = network.client("tax");
      // One of three is down: a majority endorses.
      tax.putSpace(space.signedStatement(network.genesisHash()));
      tax.putParticipant(space.get("tax").entry());
      // The third starts late and catches up.
      EmbeddedLedger trade = network.start("trade");
      EmbeddedNetwork.await("trade catches up", () -> trade.height() >= 3);
      assertThat(network.client("trade").participant("tax")).isPresent();
      // The orderer goes: nothing is written, reading goes on.
      network.stop("bank");
      assertThatThrownBy(() -> network.client("trade").putParticipant(space.get("trade").entry()))
          .isInstanceOf(LedgerException.class);
      assertThat(network.client("trade").participant("tax")).isPresent();
      EmbeddedNetwork.await("trouble is told", () -> trade.trouble().isPresent());
      assertThat(trade.trouble().orElseThrow()).contains("orderer 'bank' cannot be reached");
      // It comes back: all goes on.
      EmbeddedLedger bank = network.start("bank");
      network.client("trade").putParticipant(space.get("trade").entry());
      EmbeddedNetwork.await("no trouble left", () -> trade.trouble().isEmpty());
      long height = trade.height();
      EmbeddedNetwork.await("bank follows", () -> bank.height() >= height);
      // A restart of everything: the same chain, ready at once.
      for (String name : space.names()) {
        network.stop(name);
      }
      long begin = System.nanoTime();
      network.start("tax");
      assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
      assertThat(network.ledger("tax").height()).isGreaterThanOrEqualTo(height - 1);
      SignedHead head = network.ledger("tax").head();
      assertThat(head.head().verify(head.signer().getPublicKey())).isTrue();
      Path export = directory.resolve("export");
      assertThat(network.ledger("tax").exportTo(export)).isEqualTo(network.ledger("tax").height());
      assertThat(Files.exists(export.resolve("blocks").resolve("000001.block"))).isTrue();
    }
  }

  @Test
  void aSecondNodeOnTheSameFilesIsRefused(@TempDir Path directory) {
    try (EmbeddedNetwork network = new EmbeddedNetwork(space, directory, settings -> settings)) {
      network.start("bank");
      assertThatThrownBy(() -> EmbeddedLedger.open(network.settings("bank")))
          .isInstanceOf(EmbeddedLedgerException.class)
          .hasMessageContaining("in use by a running node");
    }
  }

  @Test
  void anotherSpacesFilesAreRefused(@TempDir Path directory) {
    try (EmbeddedNetwork network = new EmbeddedNetwork(space, directory, settings -> settings)) {
      network.start("tax");
    }
    TestSpace other = new TestSpace();
    EmbeddedNetwork network = new EmbeddedNetwork(other, directory, settings -> settings);
    assertThatThrownBy(() -> EmbeddedLedger.open(network.settings("tax")))
        .isInstanceOf(EmbeddedLedgerException.class)
        .hasMessageContaining("not block 0 of this space")
        .hasMessageContaining("blocks_000000");
  }

  @Test
  void anotherOrganisationsCertificateIsRefused(@TempDir Path directory) {
    TestParticipant tax = space.get("tax");
    LedgerSettings settings =
        LedgerSettings.of(
            directory,
            EmbeddedNetwork.genesis(space),
            "trade",
            tax.ledgerCertificate(),
            tax.ledgerKey(),
            "bank",
            name -> {
              throw new IllegalStateException(name);
            });
    assertThatThrownBy(() -> EmbeddedLedger.open(settings))
        .isInstanceOf(EmbeddedLedgerException.class)
        .hasMessageContaining("not issued by an authority of MSP 'trade'");
  }

  @Test
  void anOrderersForgeriesAreRefused(@TempDir Path directory) throws Exception {
    TestParticipant bank = space.get("bank");
    TestParticipant tax = space.get("tax");
    Block genesis = EmbeddedNetwork.genesis(space);
    NodeIdentity orderer = new NodeIdentity("bank", bank.ledgerCertificate(), bank.ledgerKey());
    NodeIdentity impostor = new NodeIdentity("tax", tax.ledgerCertificate(), tax.ledgerKey());
    EmbeddedNetwork network = new EmbeddedNetwork(space, directory, settings -> settings);
    ChannelConfig config = ChannelConfig.parse(genesis);
    Envelopes envelopes = new Envelopes(tax, new java.util.Random(1));
    try (OrderedChain forged =
            OrderedChain.open(network.settings("bank"), config, impostor, directory.resolve("f"));
        OrderedChain honest =
            OrderedChain.open(network.settings("bank"), config, orderer, directory.resolve("h"));
        CommittedChain peer =
            CommittedChain.open(
                network.settings("tax"), config, impostor, directory.resolve("p"))) {
      forged.append(List.of(envelopes.next().toByteString()), new byte[24]);
      assertThatThrownBy(() -> peer.commit(forged.read(1)))
          .isInstanceOf(BlockFormatException.class)
          .hasMessageContaining("not signed by an ordering organisation");
      honest.append(List.of(envelopes.next().toByteString()), new byte[24]);
      honest.append(List.of(envelopes.next().toByteString()), new byte[24]);
      assertThatThrownBy(() -> peer.commit(honest.read(2))).hasMessageContaining("belongs");
      Block second = honest.read(1).toBuilder().clearData().build();
      assertThatThrownBy(() -> peer.commit(second)).hasMessageContaining("header names");
      peer.commit(honest.read(1));
      assertThat(peer.head().height()).isEqualTo(2);
      assertThat(peer.head().hash()).isEqualTo(BlockHashes.headerHash(honest.read(1).getHeader()));
      assertThat(Optional.ofNullable(peer.find(""))).isEmpty();
    }
  }
}
