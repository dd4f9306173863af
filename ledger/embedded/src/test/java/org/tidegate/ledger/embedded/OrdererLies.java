package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.embedded.Plot.Place;
import org.tidegate.ledger.embedded.Plot.Told;

/** Lies of the orderer, or of somebody who would like to be it. */
final class OrdererLies {
  private OrdererLies() {}

  static Map<String, Function<Plot, Told>> kinds() {
    Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
    kinds.put("a block signed by a member that does not order", OrdererLies::otherSigner);
    kinds.put("a block signed by a stranger", OrdererLies::stranger);
    kinds.put("another history, without a transaction", OrdererLies::historyWithout);
    kinds.put("another history, in another order", OrdererLies::historyReordered);
    kinds.put("another history, with a block more", OrdererLies::blockMore);
    kinds.put("an old transaction again, flagged valid", plot -> replay(plot, true));
    kinds.put("an old transaction again, flagged as such", plot -> replay(plot, false));
    kinds.put("a transaction twice in its block", OrdererLies::twiceInBlock);
    kinds.put("another space's block 0", OrdererLies::otherGenesis);
    return kinds;
  }

  private static Told otherSigner(Plot plot) {
    return signed(plot, plot.life.chain.peer(plot.any(List.of("tax", "trade"))));
  }

  private static Told stranger(Plot plot) {
    return signed(plot, new DraftChain(new TestSpace()).peer("bank"));
  }

  private static Told signed(Plot plot, NodeIdentity signer) {
    int number = plot.anyBlock();
    Block block = plot.blocks.get(number);
    plot.blocks.set(
        number,
        BlockSealer.flagged(
            new BlockSealer(signer).sign(block.getHeader(), block.getData().getDataList()),
            BlockSealer.flags(block)));
    return Plot.block(number, "block.link");
  }

  private static Told history(Plot plot, int from) {
    plot.reseal(from);
    // What is valid in this order, as the orderer's own peer would say.
    return Plot.block(plot.life.blocks().size() - 1, "head.fork");
  }

  private static Told historyWithout(Plot plot) {
    int number = plot.crowded();
    List<ByteString> data = new ArrayList<>(plot.blocks.get(number).getData().getDataList());
    byte[] flags = BlockSealer.flags(plot.blocks.get(number));
    data.removeLast();
    plot.put(number, data);
    plot.flags(number, Arrays.copyOf(flags, flags.length - 1));
    return history(plot, number);
  }

  private static Told historyReordered(Plot plot) {
    int number = plot.crowded();
    List<ByteString> data = new ArrayList<>(plot.blocks.get(number).getData().getDataList());
    Collections.reverse(data);
    plot.put(number, data);
    return history(plot, number);
  }

  private static Told blockMore(Plot plot) {
    int last = plot.blocks.size() - 1;
    plot.blocks.add(plot.life.chain.sealer.seal(plot.blocks.getLast(), List.of(), new byte[0]));
    plot.heads = plot.life.chain.heads(plot.life.blocks(), List.of("bank", "tax"));
    return Plot.block(last + 1, "head.unsigned");
  }

  private static Told replay(Plot plot, boolean flaggedValid) {
    Place old = plot.place();
    plot.append(
        plot.life.blocks().get(old.block()).getData().getData(old.tx()),
        (byte) (flaggedValid ? 0 : TxValidationCode.DUPLICATE_TXID_VALUE));
    return new Place(plot.blocks.size() - 1, 0, old.draft())
        .told(flaggedValid ? new String[] {"block.flags"} : new String[] {"tx.replayed"});
  }

  private static Told twiceInBlock(Plot plot) {
    int number = plot.anyBlock();
    List<ByteString> data = new ArrayList<>(plot.blocks.get(number).getData().getDataList());
    byte[] flags = BlockSealer.flags(plot.blocks.get(number));
    data.add(data.getFirst());
    plot.put(number, data);
    plot.flags(number, Arrays.copyOf(flags, flags.length + 1));
    plot.collude(number);
    return new Told(Set.of("tx.replayed", "block.flags"), number, flags.length, Optional.empty());
  }

  private static Told otherGenesis(Plot plot) {
    plot.blocks.set(0, new DraftChain(new TestSpace()).genesis);
    // Keys and roots of the other space do not match these signatures either.
    return Plot.block(1, "block.link", "space.untrusted");
  }
}
