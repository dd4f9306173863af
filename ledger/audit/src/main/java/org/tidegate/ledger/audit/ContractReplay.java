package org.tidegate.ledger.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.shim.Chaincode;
import org.tidegate.ledger.contract.TidegateContract;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;

/**
 * Runs the contract again over the chain's valid transactions and compares: same reads, same
 * writes, same answer. Endorsers who sign anything else, even all of them together, are found here.
 * What a block says was written is applied in any case, so later findings are about later
 * transactions.
 */
final class ContractReplay {
  private static final int REFUSED = 400;

  private final TidegateContract contract;
  private final String channel;
  private final RecordState state = new RecordState();

  /**
   * @param channel the channel's name
   * @param authority fingerprint of the space authority's certificate
   */
  ContractReplay(String channel, Digest authority) {
    this.channel = channel;
    this.contract = new TidegateContract(Optional.of(authority));
  }

  /** The state after the transactions so far. */
  RecordState state() {
    return state;
  }

  /** One transaction run again. */
  private record Run(Optional<Finding> finding, Set<String> reads, boolean ranged) {
    /** Whether it would have run alike had these keys been written before. */
    boolean ignores(Set<String> written) {
      return written.isEmpty() || (!ranged && Collections.disjoint(reads, written));
    }
  }

  /** Runs a valid transaction again, applies its writes, and says what does not hold. */
  Optional<Finding> apply(ReplayTransaction tx) {
    return apply(List.of(tx)).getFirst();
  }

  /**
   * Runs a block's valid transactions again and applies their writes in order. They run at the same
   * time on the state before the block; one that reads what another before it wrote runs anew,
   * which happens only where endorsers lied about what they read.
   *
   * @return what does not hold, for each transaction
   */
  List<Optional<Finding>> apply(List<ReplayTransaction> block) {
    List<Run> runs =
        block.size() == 1
            ? List.of(run(block.getFirst()))
            : block.parallelStream().map(this::run).toList();
    List<Optional<Finding>> findings = new ArrayList<>(block.size());
    Set<String> written = new HashSet<>();
    for (int i = 0; i < block.size(); i++) {
      ReplayTransaction tx = block.get(i);
      Run run = runs.get(i).ignores(written) ? runs.get(i) : run(tx);
      findings.add(run.finding());
      for (KVWrite write : tx.readWriteSet().getWritesList()) {
        written.add(write.getKey());
        if (write.getIsDelete()) {
          state.remove(write.getKey());
        } else {
          state.put(write.getKey(), write.getValue().toByteArray());
        }
      }
    }
    return findings;
  }

  private Run run(ReplayTransaction tx) {
    ReplayStub stub = new ReplayStub(channel, tx, state);
    Optional<Finding> finding = check(tx, stub);
    return new Run(finding, stub.reads(), stub.ranged());
  }

  private Optional<Finding> check(ReplayTransaction tx, ReplayStub stub) {
    String function = LedgerEvent.function(tx.arguments());
    Chaincode.Response response;
    try {
      response = contract.invoke(stub);
    } catch (RuntimeException e) {
      // State that an earlier lie left behind may be anything; the audit goes on.
      return finding(
          tx, "contract.failed", "the rules cannot be run on this " + function + ": " + e);
    }
    if (response.getStatusCode() >= REFUSED) {
      return finding(
          tx,
          "contract.refused",
          "the rules refuse this " + function + ": " + refusal(response.getMessage()));
    }
    SortedMap<String, byte[]> written = writes(tx.readWriteSet());
    if (!same(written, stub.writes())) {
      return finding(
          tx,
          "contract.writes",
          "this "
              + function
              + " writes "
              + written.keySet()
              + ", the rules write "
              + stub.writes().keySet()
              + difference(written, stub.writes()));
    }
    if (!stub.ranged() && !reads(tx.readWriteSet()).equals(stub.reads())) {
      return finding(
          tx,
          "contract.reads",
          "this "
              + function
              + " claims to have read "
              + reads(tx.readWriteSet())
              + ", the rules read "
              + stub.reads());
    }
    if (!Arrays.equals(response.getPayload(), tx.answer())) {
      return finding(
          tx, "contract.answer", "the endorsed answer of this " + function + " is another one");
    }
    return Optional.empty();
  }

  private static Optional<Finding> finding(ReplayTransaction tx, String code, String message) {
    return Optional.of(
        new Finding(
            code,
            tx.block(),
            OptionalInt.of(tx.index()),
            LedgerEvent.jobId(tx.arguments()),
            message));
  }

  private static String refusal(String message) {
    try {
      JsonObject refusal = CanonicalJson.decodeText(message);
      return refusal.string("message") + " (" + refusal.string("code") + ")";
    } catch (RecordException e) {
      return message;
    }
  }

  private static Set<String> reads(KVRWSet set) {
    Set<String> keys = new TreeSet<>();
    set.getReadsList().forEach(read -> keys.add(read.getKey()));
    return keys;
  }

  private static SortedMap<String, byte[]> writes(KVRWSet set) {
    SortedMap<String, byte[]> writes = new TreeMap<>();
    for (KVWrite write : set.getWritesList()) {
      writes.put(
          write.getKey(), write.getIsDelete() ? new byte[0] : write.getValue().toByteArray());
    }
    return writes;
  }

  private static boolean same(SortedMap<String, byte[]> a, SortedMap<String, byte[]> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream().allMatch(key -> Arrays.equals(a.get(key), b.get(key)));
  }

  private static String difference(SortedMap<String, byte[]> a, SortedMap<String, byte[]> b) {
    return a.keySet().equals(b.keySet())
        ? "; the values of "
            + a.keySet().stream().filter(key -> !Arrays.equals(a.get(key), b.get(key))).toList()
            + " differ"
        : "";
  }
}
