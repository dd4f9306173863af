package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.tidegate.ledger.records.Digest;

/**
 * Verifies a chain from block 0 on, trusting nothing but block 0's hash. It reports and goes on, so
 * that one altered block does not hide another. One thread.
 */
public final class ChainVerifier {
  private final ChannelConfig config;
  private final BlockLinks links;
  private final BlockValidator validator;
  private final WorldState state = WorldState.ofVersions();
  private final KnownIds known = new KnownIds();
  private final Digest genesisHash;
  private byte[] previousHash;
  private Instant time = Instant.EPOCH;
  private long next = 1;

  /**
   * @param genesis block 0; the caller compares {@link #genesisHash} with what the authority signed
   * @param chaincode the contract's name
   * @throws BlockFormatException if it is no configuration block of a space, or does not hold its
   *     own data
   */
  public ChainVerifier(Block genesis, String chaincode) throws BlockFormatException {
    if (genesis.getHeader().getNumber() != 0 || !genesis.getHeader().getPreviousHash().isEmpty()) {
      throw new BlockFormatException("the first block is not block 0");
    }
    BlockLinks.checkData(genesis);
    config = ChannelConfig.parse(genesis);
    links = new BlockLinks(config);
    validator = new BlockValidator(config, chaincode);
    previousHash = BlockHashes.headerHash(genesis.getHeader());
    genesisHash = Digest.ofHash(previousHash);
  }

  /** The configuration that block 0 carries. */
  public ChannelConfig config() {
    return config;
  }

  /** The header hash of block 0. */
  public Digest genesisHash() {
    return genesisHash;
  }

  /** The number the next block must have. */
  public long nextNumber() {
    return next;
  }

  /** The header hash of the last block, block 0 included. */
  public Digest headHash() {
    return Digest.ofHash(previousHash);
  }

  /** Verifies the block that follows, whatever it holds, and takes it as the new end. */
  public VerifiedBlock next(Block block) {
    return next(block, check(block));
  }

  /**
   * What each transaction of a block is worth by itself. Needs no state: any thread may do this
   * ahead of {@link #next(Block, List)}.
   */
  public List<BlockValidator.Verdict> check(Block block) {
    return validator.check(block);
  }

  /** As {@link #check(Block)}, for some transactions; the others count as not validated. */
  public List<BlockValidator.Verdict> check(Block block, Set<Integer> only) {
    return validator.check(block, only);
  }

  /**
   * Verifies the block that follows, whatever it holds, and takes it as the new end.
   *
   * @param checked what {@link #check} returned for it
   */
  public VerifiedBlock next(Block block, List<BlockValidator.Verdict> checked) {
    List<VerifiedBlock.Problem> problems = new ArrayList<>();
    WorldState.Batch batch = state.batch();
    List<BlockValidator.Verdict> verdicts =
        validator.decide(block, checked, batch, known::contains);
    state.apply(batch);
    time = BlockLinks.latestValid(time, verdicts);
    problem(problems, "block.link", () -> links.check(block, next, previousHash, time));
    problem(problems, "block.format", () -> BlockFormat.check(block));
    problem(problems, "block.data", () -> BlockLinks.checkData(block));
    compareFlags(block, verdicts, problems);
    verdicts.forEach(verdict -> known.add(verdict.txId()));
    previousHash = BlockHashes.headerHash(block.getHeader());
    return new VerifiedBlock(next++, Digest.ofHash(previousHash), verdicts, List.copyOf(problems));
  }

  /**
   * Takes the next block by its header's data hash alone: what it holds is not looked at, but the
   * blocks behind it are linked through it.
   *
   * @param dataHash 32 bytes
   * @return the header's hash
   */
  public Digest skip(byte[] dataHash) {
    previousHash =
        BlockHashes.headerHash(
            BlockHeader.newBuilder()
                .setNumber(next++)
                .setPreviousHash(ByteString.copyFrom(previousHash))
                .setDataHash(ByteString.copyFrom(dataHash))
                .build());
    return Digest.ofHash(previousHash);
  }

  private interface Check {
    void run() throws BlockFormatException;
  }

  private static void problem(List<VerifiedBlock.Problem> problems, String code, Check check) {
    try {
      check.run();
    } catch (BlockFormatException e) {
      problems.add(new VerifiedBlock.Problem(code, -1, String.valueOf(e.getMessage())));
    }
  }

  private static void compareFlags(
      Block block, List<BlockValidator.Verdict> verdicts, List<VerifiedBlock.Problem> problems) {
    ByteString flags =
        block.getMetadata().getMetadataCount() > BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE
            ? block.getMetadata().getMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE)
            : ByteString.EMPTY;
    if (flags.size() != verdicts.size()) {
      problems.add(
          new VerifiedBlock.Problem(
              "block.flags",
              -1,
              "the block has "
                  + verdicts.size()
                  + " transactions and "
                  + flags.size()
                  + " validation flags"));
      return;
    }
    for (int at = 0; at < verdicts.size(); at++) {
      BlockValidator.Verdict verdict = verdicts.get(at);
      int written = flags.byteAt(at) & 0xff;
      if (verdict.code() != TxValidationCode.NOT_VALIDATED
          && written != verdict.code().getNumber()) {
        problems.add(
            new VerifiedBlock.Problem(
                "block.flags",
                at,
                "the block says "
                    + name(written)
                    + " of a transaction that is "
                    + verdict.code()
                    + (verdict.why().isEmpty() ? "" : ": " + verdict.why())));
      }
    }
  }

  private static String name(int code) {
    TxValidationCode known = TxValidationCode.forNumber(code);
    return known == null ? "code " + code : known.name();
  }
}
