package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.audit.block.BlockLinks;
import org.tidegate.ledger.audit.block.BlockValidator;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.audit.block.EndorserTransaction;
import org.tidegate.ledger.audit.block.WorldState;

/**
 * A peer's validated copy of the chain and the state it leads to. One thread commits; readers see
 * the state between two blocks.
 */
final class CommittedChain implements BlockSource, Closeable {
  private static final long MAX_FILE_BYTES = 64L << 20;
  private static final int BLOCKS_A_CHECKPOINT = 32;
  private static final long NANOS_A_CHECKPOINT = 200_000_000;
  private static final long POLL_MILLIS = 500;
  private static final int FLAGS = BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE;

  /** Where a transaction stands and what became of it. */
  record Location(long block, int index, TxValidationCode code) {}

  private final LedgerSettings settings;
  private final NodeIdentity self;
  private final Path directory;
  private final BlockLinks links;
  private final BlockValidator validator;
  private final BlockFiles files;
  private final HeightGate gate = new HeightGate();
  private final WorldState state = new WorldState();
  private final ReentrantReadWriteLock stateLock = new ReentrantReadWriteLock();
  private final Map<String, Location> transactions = new ConcurrentHashMap<>();
  private final Map<String, Waiters> waiting = new ConcurrentHashMap<>();

  // The number of blocks taken so far.
  private long taken;
  private byte[] headHash = new byte[0];
  private byte[] decidedHash = new byte[0];
  private Instant time = Instant.EPOCH;
  private long checkpointHeight;
  private long checkpointNanos = System.nanoTime();

  private CommittedChain(
      LedgerSettings settings, ChannelConfig config, NodeIdentity self, Path directory)
      throws IOException {
    this.settings = settings;
    this.self = self;
    this.directory = directory;
    this.links = new BlockLinks(config);
    this.validator = new BlockValidator(config, settings.chaincode());
    settings.files().createDirectories(directory);
    Checkpoint checkpoint =
        Checkpoint.read(settings.files(), directory, self).orElse(new Checkpoint(0, new byte[0]));
    this.files =
        BlockFiles.open(
            settings.files(),
            directory,
            MAX_FILE_BYTES,
            checkpoint.height(),
            (block, where) -> load(block, where, checkpoint));
    checkpointHeight = checkpoint.height();
  }

  /** Opens the chain; block 0 is written when the directory is new. */
  static CommittedChain open(
      LedgerSettings settings, ChannelConfig config, NodeIdentity self, Path directory)
      throws IOException {
    CommittedChain chain = new CommittedChain(settings, config, self, directory);
    try {
      if (chain.files.height() == 0) {
        chain.append(settings.genesis());
        chain.take(settings.genesis(), List.of());
      }
      chain.gate.set(chain.files.height());
      return chain;
    } catch (IOException | RuntimeException e) {
      chain.close();
      throw e;
    }
  }

  private void load(Block block, String where, Checkpoint checkpoint) {
    try {
      loadChecked(block, checkpoint);
    } catch (BlockFormatException e) {
      throw new EmbeddedLedgerException(
          where
              + " does not verify: "
              + e.getMessage()
              + "; the file was altered, or belongs to another space. Restore the directory from a"
              + " backup, or remove it to fetch the chain anew from the orderer",
          e);
    }
  }

  private void loadChecked(Block block, Checkpoint checkpoint) throws BlockFormatException {
    if (headHash.length == 0) {
      if (!block.getHeader().equals(settings.genesis().getHeader())) {
        throw new BlockFormatException("it is not block 0 of this space");
      }
      BlockLinks.checkData(block);
      take(block, List.of());
      checkDecided(checkpoint, 1);
      return;
    }
    if (taken < checkpoint.height()) {
      BlockLinks.checkData(block);
      BlockLinks.checkPlace(block, taken, headHash);
      takeDecided(block);
      checkDecided(checkpoint, taken);
    } else {
      WorldState.Batch batch = state.batch();
      List<BlockValidator.Verdict> verdicts = verify(block, taken, batch);
      if (!flags(block).equals(flags(verdicts))) {
        throw new BlockFormatException("its validation flags are not what validation says");
      }
      state.apply(batch);
      take(block, verdicts);
    }
  }

  /** Takes a block whose flags the checkpoint vouches for. */
  private void takeDecided(Block block) throws BlockFormatException {
    ByteString flags = flags(block);
    long number = block.getHeader().getNumber();
    int count = block.getData().getDataCount();
    if (flags.size() != count) {
      throw new BlockFormatException(
          "it has " + count + " transactions, " + flags.size() + " flags");
    }
    WorldState.Batch batch = state.batch();
    for (int index = 0; index < count; index++) {
      ByteString envelope = block.getData().getData(index);
      TxValidationCode code = TxValidationCode.forNumber(flags.byteAt(index) & 0xff);
      if (code == null) {
        throw new BlockFormatException("transaction " + index + " has an unknown flag");
      }
      if (code == TxValidationCode.VALID) {
        EndorserTransaction transaction = EndorserTransaction.parse(envelope);
        batch.add(transaction, new WorldState.Version(number, index));
        time = transaction.time().isAfter(time) ? transaction.time() : time;
      }
      index(EndorserTransaction.claimedTxId(envelope), new Location(number, index, code));
    }
    state.apply(batch);
    advance(block, flags);
  }

  private void checkDecided(Checkpoint checkpoint, long height) throws BlockFormatException {
    if (height == checkpoint.height() && !Arrays.equals(decidedHash, checkpoint.hash())) {
      throw new BlockFormatException(
          "the chain up to here, with its validation flags, is not the one that this node signed"
              + " when it last wrote");
    }
  }

  private List<BlockValidator.Verdict> verify(Block block, long number, WorldState.Batch batch)
      throws BlockFormatException {
    BlockLinks.checkData(block);
    List<BlockValidator.Verdict> verdicts =
        validator.decide(block, validator.check(block), batch, transactions::containsKey);
    links.check(block, number, headHash, BlockLinks.latestValid(time, verdicts));
    return verdicts;
  }

  private void take(Block block, List<BlockValidator.Verdict> verdicts) {
    long number = block.getHeader().getNumber();
    time = BlockLinks.latestValid(time, verdicts);
    for (int index = 0; index < verdicts.size(); index++) {
      BlockValidator.Verdict verdict = verdicts.get(index);
      index(verdict.txId(), new Location(number, index, verdict.code()));
    }
    advance(block, flags(verdicts));
  }

  private void index(String txId, Location location) {
    // As Fabric does: the first occurrence counts, so a replay does not change what is told.
    if (!txId.isEmpty()) {
      transactions.putIfAbsent(txId, location);
    }
  }

  private void advance(Block block, ByteString flags) {
    headHash = BlockHashes.headerHash(block.getHeader());
    decidedHash = Checkpoint.hash(decidedHash, headHash, flags.toByteArray());
    taken = block.getHeader().getNumber() + 1;
  }

  /**
   * Verifies the next block as the orderer sent it, writes it with its flags, and applies it.
   *
   * @throws BlockFormatException if it does not verify: nothing has changed then
   * @throws IOException if it cannot be written: nothing has changed then
   */
  void commit(Block block) throws BlockFormatException, IOException {
    WorldState.Batch batch = state.batch();
    List<BlockValidator.Verdict> verdicts = verify(block, taken, batch);
    append(withFlags(block, flags(verdicts)));
    stateLock.writeLock().lock();
    try {
      state.apply(batch);
      take(block, verdicts);
      gate.set(taken);
    } finally {
      stateLock.writeLock().unlock();
    }
    for (BlockValidator.Verdict verdict : verdicts) {
      Waiters waiters = waiting.get(verdict.txId());
      Location location = transactions.get(verdict.txId());
      if (waiters != null && location != null) {
        waiters.future().complete(location);
      }
    }
    if (taken - checkpointHeight >= BLOCKS_A_CHECKPOINT
        || System.nanoTime() - checkpointNanos > NANOS_A_CHECKPOINT) {
      checkpoint();
    }
  }

  private void append(Block block) throws IOException {
    files.append(block);
  }

  private void checkpoint() throws IOException {
    new Checkpoint(taken, decidedHash).write(settings.files(), directory, self);
    checkpointHeight = taken;
    checkpointNanos = System.nanoTime();
  }

  private static Block withFlags(Block block, ByteString flags) {
    BlockMetadata.Builder metadata = block.getMetadata().toBuilder();
    while (metadata.getMetadataCount() <= FLAGS) {
      metadata.addMetadata(ByteString.EMPTY);
    }
    return block.toBuilder().setMetadata(metadata.setMetadata(FLAGS, flags)).build();
  }

  private static ByteString flags(List<BlockValidator.Verdict> verdicts) {
    byte[] flags = new byte[verdicts.size()];
    for (int index = 0; index < flags.length; index++) {
      flags[index] = (byte) verdicts.get(index).code().getNumber();
    }
    return ByteString.copyFrom(flags);
  }

  /** The validation flag of a transaction in a block of this chain. */
  static int flag(Block block, int index) {
    ByteString flags = flags(block);
    return index < flags.size() ? flags.byteAt(index) & 0xff : TxValidationCode.NOT_VALIDATED_VALUE;
  }

  private static ByteString flags(Block block) {
    return block.getMetadata().getMetadataCount() > FLAGS
        ? block.getMetadata().getMetadata(FLAGS)
        : ByteString.EMPTY;
  }

  /** Runs {@code body} on the state between two blocks; blocks wait until it is done. */
  <T> T withState(Function<WorldState, T> body) {
    stateLock.readLock().lock();
    try {
      return body.apply(state);
    } finally {
      stateLock.readLock().unlock();
    }
  }

  /** Whether a transaction id stands on the chain. */
  boolean contains(String txId) {
    return transactions.containsKey(txId);
  }

  /** Where a transaction stands, or null. */
  @Nullable Location find(String txId) {
    return transactions.get(txId);
  }

  /** Where a transaction stands, now or once it is committed; to be given back to forget. */
  CompletableFuture<Location> location(String txId) {
    CompletableFuture<Location> future =
        waiting
            .compute(
                txId,
                (id, present) -> {
                  Waiters waiters =
                      present == null ? new Waiters(new CompletableFuture<>(), 0) : present;
                  return new Waiters(waiters.future(), waiters.count() + 1);
                })
            .future();
    Location location = transactions.get(txId);
    if (location != null) {
      future.complete(location);
    }
    return future;
  }

  /** Ends a wait begun by {@link #location}. */
  void forget(String txId) {
    waiting.computeIfPresent(
        txId,
        (id, waiters) ->
            waiters.count() == 1 ? null : new Waiters(waiters.future(), waiters.count() - 1));
  }

  /** Waits for a location; null when the chain is closed, or the caller does not want it. */
  @Nullable Location await(CompletableFuture<Location> location, BooleanSupplier cancelled)
      throws InterruptedException {
    while (!gate.isClosed() && !cancelled.getAsBoolean()) {
      try {
        return location.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException again) {
        // Look whether anybody still waits.
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return null;
  }

  private record Waiters(CompletableFuture<Location> future, int count) {}

  /** The height and the head's hash, together. */
  Head head() {
    stateLock.readLock().lock();
    try {
      return new Head(taken, headHash.clone());
    } finally {
      stateLock.readLock().unlock();
    }
  }

  /** A head: number of blocks, hash of the last one's header. */
  record Head(long height, byte[] hash) {}

  @Override
  public Block read(long number) throws IOException {
    return files.read(number);
  }

  @Override
  public HeightGate gate() {
    return gate;
  }

  @Override
  public void close() throws IOException {
    gate.close();
    try {
      if (checkpointHeight < taken) {
        checkpoint();
      }
    } finally {
      files.close();
    }
  }
}
