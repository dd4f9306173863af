package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.Rating;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.SignedHead;

/** What a liar makes of an honest export: some blocks changed, perhaps signed again. */
final class Plot {
  final HonestLife life;
  final Random random;
  final List<Block> blocks;
  List<SignedHead> heads;
  // Files that are not the bytes of their block; null means that there is none.
  final Map<Integer, Optional<byte[]>> files = new TreeMap<>();

  Plot(HonestLife life, Random random) {
    this.life = life;
    this.random = random;
    this.blocks = new ArrayList<>(life.blocks());
    this.heads = life.heads;
  }

  /**
   * What was told, and how it must be found.
   *
   * @param codes of which one must be found at the place
   * @param block its number
   * @param tx its index, or -1 where the whole block is meant
   * @param job the job that the finding must name
   */
  record Told(Set<String> codes, long block, int tx, Optional<Digest> job) {}

  /** A transaction's place on the honest chain. */
  record Place(int block, int tx, TxDraft draft) {
    Told told(String... codes) {
      return new Told(Set.of(codes), block, tx, job());
    }

    private Optional<Digest> job() {
      try {
        return switch (draft.function()) {
          case "reserve" -> Optional.of(Reservation.fromJson(HonestLife.request(draft)).jobId());
          case "receipt" ->
              Optional.of(Receipt.signedFromJson(HonestLife.request(draft)).body().jobId());
          case "dispute" ->
              Optional.of(DisputeStep.signedFromJson(HonestLife.request(draft)).body().jobId());
          case "rateProduct" ->
              Optional.of(Rating.signedFromJson(HonestLife.request(draft)).body().jobId());
          case "settle", "release" -> HonestLife.request(draft).optionalDigest("jobId");
          default -> Optional.empty();
        };
      } catch (RecordException e) {
        return Optional.empty();
      }
    }

    Told toldWithoutJob(String... codes) {
      return new Told(Set.of(codes), block, tx, Optional.empty());
    }
  }

  static Told block(long number, String... codes) {
    return new Told(Set.of(codes), number, -1, Optional.empty());
  }

  /** A number of {@code from..to}. */
  int between(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A block but block 0. */
  int anyBlock() {
    return between(1, blocks.size() - 1);
  }

  /** A block of several transactions. */
  int crowded() {
    while (true) {
      int number = anyBlock();
      if (blocks.get(number).getData().getDataCount() > 1) {
        return number;
      }
    }
  }

  /** A valid transaction of which this holds. */
  Place place(Predicate<TxDraft> predicate) {
    List<Place> places = new ArrayList<>();
    List<List<TxDraft>> drafts = life.chain.drafts();
    for (int number = 1; number < drafts.size(); number++) {
      byte[] flags = BlockSealer.flags(life.blocks().get(number));
      for (int tx = 0; tx < flags.length; tx++) {
        if (flags[tx] == 0 && predicate.test(drafts.get(number).get(tx))) {
          places.add(new Place(number, tx, drafts.get(number).get(tx)));
        }
      }
    }
    return any(places);
  }

  Place place(String function) {
    return place(draft -> draft.function().equals(function));
  }

  Place place() {
    return place(draft -> true);
  }

  /** Replaces a transaction; nothing is signed again. */
  void put(int number, int tx, ByteString envelope) {
    Block block = blocks.get(number);
    blocks.set(
        number,
        block.toBuilder().setData(block.getData().toBuilder().setData(tx, envelope)).build());
  }

  /** Replaces a block's transactions; nothing is signed again. */
  void put(int number, List<ByteString> envelopes) {
    blocks.set(
        number,
        blocks.get(number).toBuilder()
            .setData(BlockData.newBuilder().addAllData(envelopes))
            .build());
  }

  void flags(int number, byte... flags) {
    blocks.set(number, BlockSealer.flagged(blocks.get(number), flags));
  }

  /** The orderer signs block {@code from} and all after it again, as they now are. */
  void reseal(int from) {
    for (int number = from; number < blocks.size(); number++) {
      Block block = blocks.get(number);
      blocks.set(
          number,
          life.chain.sealer.seal(
              blocks.get(number - 1), block.getData().getDataList(), BlockSealer.flags(block)));
    }
  }

  /** Those who signed the heads sign for the blocks as they now are. */
  void signHeads() {
    heads = life.chain.heads(blocks, List.of("bank", "tax"));
  }

  /** Everybody signs everything again from {@code from} on. */
  void collude(int from) {
    reseal(from);
    signHeads();
  }

  /** All sign a changed transaction in the place of the honest one. */
  Told change(Place place, Consumer<TxDraft> change, String... codes) {
    TxDraft draft = place.draft().copy();
    change.accept(draft);
    put(place.block(), place.tx(), draft.seal());
    collude(place.block());
    return place.told(codes);
  }

  /** All sign another transaction, in a block at the end. */
  Told append(TxDraft draft, String... codes) {
    append(draft.seal(), (byte) 0);
    return new Place(blocks.size() - 1, 0, draft).told(codes);
  }

  void append(ByteString envelope, byte flag) {
    blocks.add(life.chain.sealer.seal(blocks.getLast(), List.of(envelope), new byte[] {flag}));
    signHeads();
  }

  /** The files of the export. */
  Map<Integer, Optional<byte[]>> files() {
    Map<Integer, Optional<byte[]>> all = new TreeMap<>();
    int most = Math.max(blocks.size(), life.blocks().size());
    for (int number = 0; number < most; number++) {
      if (number >= blocks.size()) {
        all.put(number, Optional.empty());
      } else if (number >= life.blocks().size()
          || !blocks.get(number).equals(life.blocks().get(number))) {
        all.put(number, Optional.of(blocks.get(number).toByteArray()));
      }
    }
    all.putAll(files);
    return all;
  }
}
