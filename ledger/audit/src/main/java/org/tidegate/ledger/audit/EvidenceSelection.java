package org.tidegate.ledger.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.EndorserTransaction;
import org.tidegate.ledger.records.Digest;

/**
 * Which transactions matter for a job: its own; all that ever wrote a key which one of these read
 * or wrote (grants and their revocation, products, participants, other jobs on the same uses); and
 * so on until nothing is added. On the keys that they touch, their replay is that of the whole
 * chain.
 */
final class EvidenceSelection {
  private record Range(String namespace, String from, String to, boolean toIncluded) {
    boolean holds(String other, String key) {
      int end = key.compareTo(to);
      return namespace.equals(other)
          && key.compareTo(from) >= 0
          && (to.isEmpty() || end < 0 || (toIncluded && end == 0));
    }
  }

  private final LedgerExport export;
  private final long height;
  private final SortedMap<Long, SortedSet<Integer>> selected = new TreeMap<>();
  private final Set<String> keys = new HashSet<>();
  private final Set<Range> ranges = new HashSet<>();

  /**
   * Selects.
   *
   * @throws AuditInputException if the export knows no such job
   */
  EvidenceSelection(LedgerExport export, Digest jobId) {
    this.export = export;
    height = export.height();
    if (!pass((transaction, block, at) -> isOf(jobId, block, at))) {
      throw new AuditInputException(
          "the chain in " + export.directory() + " knows no job " + jobId);
    }
    boolean more = true;
    while (more) {
      more = pass((transaction, block, at) -> touches(transaction));
    }
  }

  /** The transactions' indices by block number. */
  SortedMap<Long, SortedSet<Integer>> selected() {
    return selected;
  }

  private interface Wanted {
    boolean test(EndorserTransaction transaction, Block block, int at);
  }

  /** Goes once through the valid transactions; true if some were added. */
  private boolean pass(Wanted wanted) {
    boolean added = false;
    for (long number = 1; number < height; number++) {
      Block block = block(export, number);
      List<ByteString> envelopes = block.getData().getDataList();
      ByteString flags =
          block.getMetadata().getMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE);
      for (int at = 0; at < Math.min(envelopes.size(), flags.size()); at++) {
        if (flags.byteAt(at) == 0 && !isSelected(number, at)) {
          Optional<EndorserTransaction> transaction = parse(envelopes.get(at));
          if (transaction.isPresent() && wanted.test(transaction.get(), block, at)) {
            selected.computeIfAbsent(number, key -> new TreeSet<>()).add(at);
            take(transaction.get());
            added = true;
          }
        }
      }
    }
    return added;
  }

  /** A block of an export, which must parse. */
  static Block block(LedgerExport export, long number) {
    try {
      Block block = Block.parseFrom(export.read(number));
      if (number > 0
          && block.getMetadata().getMetadataCount()
              <= BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE) {
        throw new AuditInputException(
            "block " + number + " of " + export.directory() + " has no flags; export again");
      }
      return block;
    } catch (InvalidProtocolBufferException e) {
      throw new AuditInputException(
          "block " + number + " of " + export.directory() + " is damaged; export again", e);
    }
  }

  private static Optional<EndorserTransaction> parse(ByteString envelope) {
    try {
      return Optional.of(EndorserTransaction.parse(envelope));
    } catch (BlockFormatException e) {
      return Optional.empty();
    }
  }

  private boolean isSelected(long number, int at) {
    SortedSet<Integer> of = selected.get(number);
    return of != null && of.contains(at);
  }

  private static boolean isOf(Digest jobId, Block block, int at) {
    return ChainAudit.event(block, at)
        .map(event -> event.jobId().equals(Optional.of(jobId)))
        .orElse(false);
  }

  private boolean touches(EndorserTransaction transaction) {
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      for (KVWrite write : namespace.set().getWritesList()) {
        if (keys.contains(name(namespace.name(), write.getKey()))
            || ranges.stream().anyMatch(range -> range.holds(namespace.name(), write.getKey()))) {
          return true;
        }
      }
    }
    return false;
  }

  private void take(EndorserTransaction transaction) {
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      for (KVRead read : namespace.set().getReadsList()) {
        keys.add(name(namespace.name(), read.getKey()));
      }
      for (KVWrite write : namespace.set().getWritesList()) {
        keys.add(name(namespace.name(), write.getKey()));
      }
      for (RangeQueryInfo range : namespace.set().getRangeQueriesInfoList()) {
        ranges.add(
            new Range(
                namespace.name(),
                range.getStartKey(),
                range.getEndKey(),
                !range.getItrExhausted()));
      }
    }
  }

  private static String name(String namespace, String key) {
    return namespace + '\0' + key;
  }

  /** All transactions of all blocks. */
  static SortedMap<Long, SortedSet<Integer>> whole(LedgerExport export) {
    SortedMap<Long, SortedSet<Integer>> all = new TreeMap<>();
    for (long number = 1; number < export.height(); number++) {
      SortedSet<Integer> every = new TreeSet<>();
      int count = block(export, number).getData().getDataCount();
      for (int at = 0; at < count; at++) {
        every.add(at);
      }
      all.put(number, every);
    }
    return all;
  }

  /** The selected indices of a block as a list. */
  static List<Integer> of(SortedMap<Long, SortedSet<Integer>> selected, long number) {
    return new ArrayList<>(selected.getOrDefault(number, new TreeSet<>()));
  }
}
