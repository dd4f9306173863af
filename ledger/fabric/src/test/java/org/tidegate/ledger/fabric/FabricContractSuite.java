package org.tidegate.ledger.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Objects;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.contract.LedgerContract;
import org.tidegate.ledger.contract.LedgerUnderTest;
import org.tidegate.ledger.contract.TestSpace;

/**
 * The contract's suite over real peers and a real orderer of one release. When it has run, the
 * audit reads the chain it left behind: nothing may be wrong with blocks, transactions or the
 * contract's work; that some jobs of the suite were never settled is as it should be.
 */
abstract class FabricContractSuite extends LedgerContract {
  private static final long LEAST_BLOCKS = 100;

  private final String line;
  private @Nullable RealNetwork network;

  /**
   * @param line of releases, such as {@code 2.}
   */
  FabricContractSuite(String line) {
    this.line = line;
  }

  @Override
  protected LedgerUnderTest start(TestSpace space) {
    RealNetwork started = new RealNetwork(space, FabricReleases.ofLine(line).orElseThrow());
    network = started;
    return started;
  }

  @Override
  protected Race race() {
    return new Race(50, 8, 10);
  }

  @AfterAll
  void theAuditReadsTheChain() throws IOException, InterruptedException {
    RealNetwork real = Objects.requireNonNull(network);
    LedgerExport export = real.export();
    AuditReport report = real.audit(export);
    assertThat(report.height()).isGreaterThan(LEAST_BLOCKS);
    assertThat(report.balances()).isNotEmpty();
    assertThat(report.findings()).noneMatch(FabricContractSuite::isAboutTheChain);
    // The same chain with the last block's first flag turned over.
    Block last = Block.parseFrom(export.read(report.height() - 1));
    byte[] flags =
        last.getMetadata().getMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE).toByteArray();
    flags[0] ^= TxValidationCode.MVCC_READ_CONFLICT_VALUE;
    export.write(
        last.toBuilder()
            .setMetadata(
                last.getMetadata().toBuilder()
                    .setMetadata(
                        BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE, ByteString.copyFrom(flags)))
            .build());
    assertThat(real.audit(export).findings())
        .filteredOn(FabricContractSuite::isAboutTheChain)
        .extracting(Finding::code)
        .containsExactly("block.flags");
  }

  private static boolean isAboutTheChain(Finding finding) {
    return finding.code().matches("(block|tx|contract|head|space)\\..*");
  }
}
