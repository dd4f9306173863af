package org.tidegate.ledger.contract;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;
import org.tidegate.ledger.records.Standing;

/**
 * One transaction as the rules see it: who calls, when, and the state as records. A transaction
 * sees the state before its own writes, so each record is read and parsed once.
 */
final class Call {
  private final ChaincodeStub stub;
  private final Map<String, Optional<JsonObject>> records = new HashMap<>();
  private final Map<String, ParticipantState> participants = new HashMap<>();
  private final String caller;
  private final Instant time;

  Call(ChaincodeStub stub) {
    this.stub = stub;
    this.caller = mspId(stub.getCreator());
    this.time = stub.getTxTimestamp();
  }

  /** The organisation whose identity signed the transaction; the peer has verified it. */
  String caller() {
    return caller;
  }

  /** The transaction's time: set by its creator, within minutes of every endorser's clock. */
  Instant time() {
    return time;
  }

  /** The channel's name, which is the space's. */
  String space() {
    return stub.getChannelId();
  }

  /** The record at {@code key}, or empty. */
  Optional<JsonObject> get(String key) {
    return records.computeIfAbsent(key, this::read);
  }

  private Optional<JsonObject> read(String key) {
    byte[] bytes = stub.getState(key);
    return bytes == null || bytes.length == 0
        ? Optional.empty()
        : Optional.of(CanonicalJson.decode(bytes));
  }

  boolean has(String key) {
    return get(key).isPresent();
  }

  void put(String key, CanonicalRecord record) {
    stub.putState(key, record.canonicalBytes());
  }

  void put(String key, JsonObject json) {
    stub.putState(key, CanonicalJson.encode(json));
  }

  void delete(String key) {
    stub.delState(key);
  }

  /** Visits keys in {@code from..to} (exclusive) in their order until the visitor says false. */
  void range(String from, String to, BiPredicate<String, byte[]> visitor) {
    try (QueryResultsIterator<KeyValue> entries = stub.getStateByRange(from, to)) {
      for (KeyValue entry : entries) {
        if (!visitor.test(entry.getKey(), entry.getValue())) {
          return;
        }
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the peer's state iterator did not close", e);
    }
  }

  /** The space's statement, which must be there. */
  SpaceStatement spaceStatement() {
    return get(Keys.SPACE)
        .map(SpaceStatement::signedFromJson)
        .orElseThrow(() -> new Refusal(LedgerCodes.SPACE, "this ledger has no space statement yet"))
        .body();
  }

  /** Refuses a caller that is no member. */
  void requireMember(SpaceStatement statement) {
    if (statement.member(caller).isEmpty()) {
      throw new Refusal(LedgerCodes.NOT_MEMBER, "'" + caller + "' is not a member of the space");
    }
  }

  /** The entry of a participant, which must be there. */
  Participant participant(String name) {
    return participantState(name).entry();
  }

  /** A participant's entry and standing; the entry must be there. */
  ParticipantState participantState(String name) {
    return participants.computeIfAbsent(name, this::readParticipant);
  }

  private ParticipantState readParticipant(String name) {
    return get(Keys.participant(name))
        .map(ParticipantState::fromJson)
        .orElseThrow(() ->
            new Refusal(
                LedgerCodes.NOT_MEMBER,
                "participant '"
                    + name
                    + "' has no entry on the ledger; its node writes one when it first starts"));
  }

  /**
   * Refuses what is not signed with the receipt key of {@code name}, or is under a certificate that
   * is not valid at the transaction's time.
   *
   * @param what how the message names it
   */
  void requireSigned(String what, String name, Signed<?> signed) {
    Participant signer = participant(name);
    if (!signed.verify(signer.receiptKey())) {
      throw new Refusal(
          LedgerCodes.SIGNATURE,
          what + " does not verify under the receipt certificate of '" + name + "'");
    }
    if (!signer.isCurrent(time)) {
      throw new Refusal(
          LedgerCodes.SIGNATURE,
          what
              + ": the receipt certificate of '"
              + name
              + "' is valid from "
              + signer.certificate().getNotBefore().toInstant()
              + " to "
              + signer.certificate().getNotAfter().toInstant()
              + ", not at "
              + time
              + "; renew it (tidegate renew)");
    }
  }

  /**
   * Refuses a participant that is suspended. Its standing is part of its entry, which everything
   * that asks this reads anyway: a suspension in the same block wins or loses as a whole.
   *
   * @param what how the message names that which it may not begin
   */
  void requireActive(String what, String name) {
    Optional<Standing> suspension = participantState(name).suspension();
    if (suspension.isPresent()) {
      throw new Refusal(
          LedgerCodes.SUSPENDED,
          what
              + ": the space authority has suspended '"
              + name
              + "' on "
              + suspension.get().at()
              + "; it may end what runs, and begin nothing new until it is reinstated");
    }
  }

  /** Refuses a caller other than {@code owner}, and an owner without an entry. */
  void requireOwner(String what, String owner) {
    if (!caller.equals(owner)) {
      throw new Refusal(
          LedgerCodes.NOT_OWNER,
          what + " belongs to '" + owner + "'; '" + caller + "' may not write it");
    }
    participant(owner);
  }

  private static String mspId(byte[] creator) {
    try {
      return SerializedIdentity.parseFrom(creator).getMspid();
    } catch (InvalidProtocolBufferException e) {
      throw new RecordException("the transaction's creator is not a serialized identity", e);
    }
  }
}
