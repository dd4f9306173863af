package org.tidegate.ledger.embedded;

import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.SignedHead;

/** A node's part of the ledger: its peer, and the orderer where this node orders. */
public final class EmbeddedLedger implements AutoCloseable {
  private EmbeddedLedger() {}

  /**
   * Opens the ledger: makes its files or verifies them, rebuilds the state, and begins to fetch
   * blocks from the orderer. No other node needs to be up.
   *
   * @throws EmbeddedLedgerException if the files are another ledger's, in use, truncated or altered
   *     (naming file, offset and block), or the certificate is not of this organisation
   */
  public static EmbeddedLedger open(LedgerSettings settings) {
    throw new UnsupportedOperationException(settings.toString());
  }

  /** Fabric's services, to be added to the node's server. */
  public List<BindableService> services() {
    throw new UnsupportedOperationException();
  }

  /** What block 0 says. */
  public ChannelConfig config() {
    throw new UnsupportedOperationException();
  }

  /** Hash of block 0's header. */
  public Digest genesisHash() {
    throw new UnsupportedOperationException();
  }

  /** How many blocks are committed here, block 0 included. */
  public long height() {
    throw new UnsupportedOperationException();
  }

  /**
   * A committed block with its validation flags.
   *
   * @param number below {@link #height}
   */
  public Block block(long number) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The head of the chain as it stands here, signed with the ledger key. */
  public SignedHead head() {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes all blocks, as they stand when it is called, and this node's head into a new export.
   *
   * @param directory where; made when missing
   * @return how many blocks were written
   */
  public long exportTo(Path directory) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Why this node's ledger does not go on at the moment, in one line, or empty if all is well. */
  public Optional<String> trouble() {
    throw new UnsupportedOperationException();
  }

  /** Stops following and serving, and closes the files. Calls in flight end as UNAVAILABLE. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
