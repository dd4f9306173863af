package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReadsMerkleSummary;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version;

/**
 * Fabric's summary of a range that held more than {@code d} keys: a tree of SHA-256.
 *
 * <pre>
 *   level 1: hashes of the serialised reads, d+1 at a time (the last group may be smaller)
 *   level l+1: hash of the concatenation of d+1 hashes of level l
 * </pre>
 *
 * What is incomplete at the end is carried up; the summary is the highest level, of at most {@code
 * d} hashes.
 */
final class MerkleReads {
  private static final int MAX_DEGREE = 10_000;

  private final int degree;
  // levels.get(l - 1) holds the hashes of level l that have no parent yet.
  private final List<List<ByteString>> levels = new ArrayList<>();

  private MerkleReads(int degree) {
    this.degree = degree;
    levels.add(new ArrayList<>());
  }

  /**
   * The summary of {@code entries}.
   *
   * @param degree as the transaction states it; one out of bounds yields an empty summary, which
   *     equals none that a peer makes
   */
  static QueryReadsMerkleSummary summarise(Iterator<WorldState.Entry> entries, int degree) {
    if (degree < 2 || degree > MAX_DEGREE) {
      return QueryReadsMerkleSummary.getDefaultInstance();
    }
    MerkleReads tree = new MerkleReads(degree);
    QueryReads.Builder pending = QueryReads.newBuilder();
    while (entries.hasNext()) {
      pending.addKvReads(read(entries.next()));
      if (pending.getKvReadsCount() > degree) {
        tree.add(hash(pending.build().toByteString()));
        pending.clear();
      }
    }
    if (pending.getKvReadsCount() > 0) {
      tree.add(hash(pending.build().toByteString()));
    }
    return tree.finish();
  }

  private static KVRead read(WorldState.Entry entry) {
    WorldState.Version version = entry.value().version();
    return KVRead.newBuilder()
        .setKey(entry.key())
        .setVersion(
            Version.newBuilder().setBlockNum(version.block()).setTxNum(version.transaction()))
        .build();
  }

  private void add(ByteString hash) {
    ByteString next = hash;
    for (int level = 0; ; level++) {
      if (level == levels.size()) {
        levels.add(new ArrayList<>());
      }
      List<ByteString> hashes = levels.get(level);
      hashes.add(next);
      if (hashes.size() <= degree) {
        return;
      }
      next = hash(ByteString.copyFrom(hashes));
      hashes.clear();
    }
  }

  private QueryReadsMerkleSummary finish() {
    for (int level = 0; level < levels.size() - 1; level++) {
      List<ByteString> hashes = levels.get(level);
      if (!hashes.isEmpty()) {
        levels
            .get(level + 1)
            .add(hashes.size() == 1 ? hashes.getFirst() : hash(ByteString.copyFrom(hashes)));
      }
    }
    List<ByteString> top = levels.getLast();
    if (top.size() > degree) {
      levels.add(List.of(hash(ByteString.copyFrom(top))));
    }
    return QueryReadsMerkleSummary.newBuilder()
        .setMaxDegree(degree)
        .setMaxLevel(levels.size())
        .addAllMaxLevelHashes(levels.getLast())
        .build();
  }

  private static ByteString hash(ByteString bytes) {
    return ByteString.copyFrom(BlockHashes.sha256(bytes.toByteArray()));
  }
}
