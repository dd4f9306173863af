package org.tidegate.ledger.contract;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;

/** The contract over a map: transactions run one after the other, and nothing else is Fabric. */
public final class MemoryLedger implements LedgerUnderTest {
  private final TidegateContract contract;
  private final TreeMap<String, byte[]> state = new TreeMap<>();
  private final Map<String, RecordLedgerClient> clients = new TreeMap<>();
  private final List<Recorded> recorded = new ArrayList<>();
  private Instant now = Instant.now();
  private long transactions;

  public MemoryLedger(Optional<Digest> authorityPin) {
    contract = new TidegateContract(authorityPin);
  }

  @Override
  public synchronized RecordLedgerClient client(String participant) {
    return clients.computeIfAbsent(participant, Client::new);
  }

  @Override
  public Digest genesisHash() {
    return Digest.of("block 0".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public void level() {
    // There is one state for all.
  }

  @Override
  public void close() {}

  /**
   * A transaction that ran.
   *
   * @param writes by key; the empty value is a deletion
   */
  public record Recorded(
      String txId,
      byte[] creator,
      Instant time,
      List<byte[]> arguments,
      Set<String> reads,
      Map<String, byte[]> writes,
      byte[] answer) {}

  /** All transactions that succeeded, in order. */
  public synchronized List<Recorded> recorded() {
    return List.copyOf(recorded);
  }

  private synchronized JsonObject run(
      String participant, String function, JsonObject request, boolean commit) {
    Stub stub = new Stub(participant, function, request);
    Chaincode.Response response = contract.invoke(stub);
    if (response.getStatusCode() >= 400) {
      JsonObject refusal = CanonicalJson.decodeText(response.getMessage());
      throw new LedgerException(refusal.string("code"), refusal.string("message"), false);
    }
    if (commit) {
      recorded.add(
          new Recorded(
              stub.getTxId(),
              stub.getCreator(),
              stub.getTxTimestamp(),
              stub.getArgs(),
              stub.reads,
              stub.writes,
              response.getPayload()));
      stub.writes.forEach((key, value) -> {
        if (value.length == 0) {
          state.remove(key);
        } else {
          state.put(key, value);
        }
      });
    }
    return CanonicalJson.decode(response.getPayload());
  }

  private final class Stub extends ContractStub {
    private final TreeMap<String, byte[]> writes = new TreeMap<>();
    private final TreeSet<String> reads = new TreeSet<>();

    Stub(String participant, String function, JsonObject request) {
      super(
          TestSpace.NAME,
          "tx" + transactions++,
          SerializedIdentity.newBuilder()
              .setMspid(participant)
              .setIdBytes(ByteString.copyFromUtf8("certificate"))
              .build()
              .toByteArray(),
          now,
          List.of(function.getBytes(StandardCharsets.UTF_8), CanonicalJson.encode(request)));
    }

    @Override
    public byte[] getState(String key) {
      reads.add(key);
      return state.getOrDefault(key, new byte[0]);
    }

    @Override
    public void putState(String key, byte[] value) {
      writes.put(key, value);
    }

    @Override
    public void delState(String key) {
      writes.put(key, new byte[0]);
    }

    @Override
    public QueryResultsIterator<KeyValue> getStateByRange(String startKey, String endKey) {
      Iterator<KeyValue> entries =
          state.subMap(startKey, endKey).entrySet().stream()
              .<KeyValue>map(entry -> new Entry(entry.getKey(), entry.getValue()))
              .iterator();
      return new QueryResultsIterator<>() {
        @Override
        public Iterator<KeyValue> iterator() {
          return entries;
        }

        @Override
        public void close() {}
      };
    }
  }

  private record Entry(String key, byte[] bytes) implements KeyValue {
    @Override
    public String getKey() {
      return key;
    }

    @Override
    public byte[] getValue() {
      return bytes;
    }

    @Override
    public String getStringValue() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private final class Client extends RecordLedgerClient {
    Client(String participant) {
      super(participant, new Random(participant.hashCode()));
    }

    @Override
    public JsonObject evaluate(String function, JsonObject request) {
      return run(participant(), function, request, false);
    }

    @Override
    public JsonObject submit(
        String function, JsonObject request, Set<String> organisations, boolean retryConflicts) {
      return run(participant(), function, request, true);
    }

    @Override
    protected void pause(int attempt) {}

    @Override
    public Subscription follow(long from, BlockListener listener) {
      throw new UnsupportedOperationException("a map has no blocks");
    }

    @Override
    public void close() {}
  }
}
