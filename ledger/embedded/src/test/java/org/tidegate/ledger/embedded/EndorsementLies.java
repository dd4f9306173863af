package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.tidegate.ledger.contract.TestCertificates;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.embedded.Plot.Place;
import org.tidegate.ledger.embedded.Plot.Told;

/**
 * Transactions that no honest peer finds valid; the orderer and whoever signs the heads say that
 * they are, so the blocks and their flags agree with each other.
 */
final class EndorsementLies {
  private EndorsementLies() {}

  static Map<String, Function<Plot, Told>> kinds() {
    Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
    kinds.put("an envelope altered after it was signed", EndorsementLies::envelope);
    kinds.put("a submitter's signature of another transaction", EndorsementLies::otherSignature);
    invalid(kinds, "one endorsement only", (plot, tx) -> tx.endorsers = endorsers(tx, 1));
    invalid(kinds, "no endorsement", (plot, tx) -> tx.endorsers = List.of());
    invalid(
        kinds,
        "one organisation's endorsement twice",
        (plot, tx) -> tx.endorsers = List.of(tx.endorsers.getFirst(), tx.endorsers.getFirst()));
    invalid(
        kinds,
        "an endorsement by a stranger under a member's name",
        (plot, tx) ->
            tx.endorsers =
                List.of(
                    tx.endorsers.getFirst(),
                    new DraftChain(new TestSpace()).peer(tx.endorsers.getLast().mspId())));
    invalid(
        kinds,
        "an endorsement by a member under another's name",
        (plot, tx) ->
            tx.endorsers = List.of(tx.endorsers.getFirst(), underAnotherName(plot, tx.endorsers)));
    invalid(
        kinds,
        "an endorsement with a client's certificate",
        (plot, tx) ->
            tx.endorsers =
                List.of(
                    tx.endorsers.getFirst(), unit(plot, tx.endorsers.getLast().mspId(), "client")));
    invalid(
        kinds,
        "endorsements of another answer",
        (plot, tx) -> tx.endorsed = action -> otherPayload(plot, action));
    invalid(
        kinds,
        "an endorser's signature altered",
        (plot, tx) -> tx.endorsed = action -> brokenSignature(plot, action));
    invalid(
        kinds,
        "arguments exchanged after the endorsement",
        (plot, tx) ->
            tx.argumentsAfterwards =
                Optional.of(plot.place(draft -> draft != tx).draft().arguments));
    invalid(
        kinds,
        "a transaction with a certificate that may not submit",
        (plot, tx) -> tx.submitter = unit(plot, tx.submitter.mspId(), "receipt"));
    invalid(
        kinds,
        "a transaction of a stranger",
        (plot, tx) -> tx.submitter = new DraftChain(new TestSpace()).peer("bank"));
    invalid(
        kinds,
        "a transaction under another's name",
        (plot, tx) -> tx.submitter = underAnotherName(plot, List.of(tx.submitter)));
    invalid(
        kinds,
        "another transaction id",
        (plot, tx) -> tx.txId = Optional.of(plot.place(draft -> draft != tx).draft().txId() + "0"));
    invalid(kinds, "another channel", (plot, tx) -> tx.channel = "estuary");
    invalid(kinds, "another epoch", (plot, tx) -> tx.epoch = plot.between(1, 9));
    invalid(kinds, "another envelope type", (plot, tx) -> tx.type = plot.any(List.of(0, 2, 9)));
    invalid(kinds, "two actions", (plot, tx) -> tx.actions = 2);
    invalid(kinds, "no action", (plot, tx) -> tx.actions = 0);
    invalid(kinds, "another contract's transaction", (plot, tx) -> tx.chaincode = "hedge");
    invalid(kinds, "writes to another contract's keys", (plot, tx) -> tx.namespace = "hedge");
    invalid(
        kinds,
        "a time after the certificates' end",
        (plot, tx) -> tx.time = tx.time.plus(Duration.ofDays(2_000)));
    invalid(
        kinds,
        "a time before the certificates' beginning",
        (plot, tx) -> tx.time = tx.time.minus(Duration.ofDays(2_000)));
    kinds.put("a read of a version that never was", plot -> read(plot, 1_000));
    kinds.put("a read of a version that was replaced", plot -> read(plot, 0));
    kinds.put("an envelope of noise", EndorsementLies::noise);
    return kinds;
  }

  private interface Change {
    void of(Plot plot, TxDraft draft);
  }

  private static void invalid(Map<String, Function<Plot, Told>> kinds, String name, Change change) {
    kinds.put(
        name,
        plot -> {
          Place place = plot.place(draft -> !draft.set.getWritesList().isEmpty());
          Told told = plot.change(place, draft -> change.of(plot, draft), "tx.invalid");
          // Whether the audit still reads the request, and so the job, depends on the kind.
          return new Told(told.codes(), told.block(), told.tx(), Optional.empty());
        });
  }

  private static List<NodeIdentity> endorsers(TxDraft tx, int count) {
    return tx.endorsers.subList(0, count);
  }

  /** The node of one organisation that claims to be another's. */
  private static NodeIdentity underAnotherName(Plot plot, List<NodeIdentity> names) {
    String claimed = names.getLast().mspId();
    TestParticipant other = plot.life.space.get(claimed.equals("trade") ? "tax" : "trade");
    return new NodeIdentity(claimed, other.ledgerCertificate(), other.ledgerKey());
  }

  /** A certificate of {@code name}'s authority for another unit. */
  private static NodeIdentity unit(Plot plot, String name, String unit) {
    java.security.KeyPair keys = TestCertificates.keys();
    return new NodeIdentity(name, plot.life.space.get(name).issue(unit, keys), keys.getPrivate());
  }

  private static ChaincodeEndorsedAction otherPayload(Plot plot, ChaincodeEndorsedAction action) {
    byte[] payload = action.getProposalResponsePayload().toByteArray();
    // The last bytes are the contract's name or its answer: the message still parses.
    payload[payload.length - 1 - plot.random.nextInt(4)] ^= 1;
    return action.toBuilder().setProposalResponsePayload(ByteString.copyFrom(payload)).build();
  }

  private static ChaincodeEndorsedAction brokenSignature(
      Plot plot, ChaincodeEndorsedAction action) {
    byte[] signature = action.getEndorsements(1).getSignature().toByteArray();
    signature[plot.random.nextInt(signature.length)] ^= (byte) (1 << plot.random.nextInt(8));
    return action.toBuilder()
        .setEndorsements(
            1, action.getEndorsements(1).toBuilder().setSignature(ByteString.copyFrom(signature)))
        .build();
  }

  private static Told sealed(Plot plot, Place place, Consumer<Envelope.Builder> change) {
    try {
      Envelope.Builder envelope =
          Envelope.parseFrom(plot.blocks.get(place.block()).getData().getData(place.tx()))
              .toBuilder();
      change.accept(envelope);
      plot.put(place.block(), place.tx(), envelope.build().toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
    plot.collude(place.block());
    return place.toldWithoutJob("tx.invalid");
  }

  private static Told envelope(Plot plot) {
    return sealed(
        plot,
        plot.place(),
        envelope -> {
          byte[] payload = envelope.getPayload().toByteArray();
          payload[plot.random.nextInt(payload.length)] ^= (byte) (1 << plot.random.nextInt(8));
          envelope.setPayload(ByteString.copyFrom(payload));
        });
  }

  private static Told otherSignature(Plot plot) {
    Place place = plot.place();
    Place other = plot.place(draft -> draft != place.draft());
    return sealed(
        plot,
        place,
        envelope -> {
          try {
            envelope.setSignature(
                Envelope.parseFrom(
                        plot.life.blocks().get(other.block()).getData().getData(other.tx()))
                    .getSignature());
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** All endorse what was read at another version. */
  private static Told read(Plot plot, int ahead) {
    Place place =
        plot.place(draft -> draft.set.getReadsList().stream().anyMatch(read -> read.hasVersion()));
    return plot.change(
        place,
        draft -> {
          KVRWSet.Builder set = draft.set.toBuilder();
          for (int i = 0; i < set.getReadsCount(); i++) {
            if (set.getReads(i).hasVersion()) {
              set.getReadsBuilder(i).getVersionBuilder().setBlockNum(ahead);
              break;
            }
          }
          draft.set = set.build();
        },
        "block.flags");
  }

  private static Told noise(Plot plot) {
    Place place = plot.place();
    byte[] noise = new byte[plot.between(1, 900)];
    plot.random.nextBytes(noise);
    Arrays.fill(noise, 0, 1, (byte) 0x0a);
    plot.put(place.block(), place.tx(), ByteString.copyFrom(noise));
    plot.collude(place.block());
    return place.toldWithoutJob("tx.invalid");
  }
}
