package org.tidegate.ledger.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
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
  private final NavigableMap<String, byte[]> state = new TreeMap<>();
  private final List<LedgerEvent> events = new ArrayList<>();

  /**
   * @param channel the channel's name
   * @param authority fingerprint of the space authority's certificate
   */
  ContractReplay(String channel, Digest authority) {
    this.channel = channel;
    this.contract = new TidegateContract(Optional.of(authority));
  }

  /** The state after the transactions so far. */
  NavigableMap<String, byte[]> state() {
    return Collections.unmodifiableNavigableMap(state);
  }

  /** The transactions so far. */
  List<LedgerEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /** Runs a valid transaction again, applies its writes, and says what does not hold. */
  Optional<Finding> apply(ReplayTransaction tx) {
    Optional<Finding> finding = check(tx);
    for (KVWrite write : tx.readWriteSet().getWritesList()) {
      if (write.getIsDelete()) {
        state.remove(write.getKey());
      } else {
        state.put(write.getKey(), write.getValue().toByteArray());
      }
    }
    LedgerEvent.request(tx.arguments())
        .ifPresent(request ->
            events.add(
                new LedgerEvent(
                    tx.block(),
                    tx.index(),
                    tx.time(),
                    caller(tx.creator()),
                    LedgerEvent.function(tx.arguments()),
                    request)));
    return finding;
  }

  private Optional<Finding> check(ReplayTransaction tx) {
    ReplayStub stub = new ReplayStub(channel, tx, state);
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

  private static String caller(byte[] creator) {
    try {
      return SerializedIdentity.parseFrom(creator).getMspid();
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }
}
