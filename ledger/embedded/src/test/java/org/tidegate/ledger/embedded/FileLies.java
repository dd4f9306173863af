package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.tidegate.ledger.embedded.Plot.Told;

/** Lies of somebody who has the files and no key. */
final class FileLies {
  private FileLies() {}

  static Map<String, Function<Plot, Told>> kinds() {
    Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
    kinds.put("a bit of the transactions flipped", FileLies::bit);
    kinds.put("a bit of the metadata flipped", FileLies::metadataBit);
    kinds.put("a block cut short", FileLies::cutShort);
    kinds.put("bytes behind a block", FileLies::longer);
    kinds.put("an empty file", plot -> file(plot, plot.anyBlock(), new byte[0]));
    kinds.put("a file of noise", FileLies::noise);
    kinds.put("a block left out", FileLies::leftOut);
    kinds.put("the tail left out", FileLies::tail);
    kinds.put("the tail left out, and the heads", FileLies::tailAndHeads);
    kinds.put("two blocks exchanged", FileLies::exchanged);
    kinds.put("a block in the place of the next", FileLies::repeated);
    kinds.put("a valid transaction flagged invalid", plot -> flag(plot, true));
    kinds.put("an invalid transaction flagged valid", plot -> flag(plot, false));
    kinds.put("a flag of no meaning", FileLies::strangeFlag);
    kinds.put("flags left out", FileLies::noFlags);
    kinds.put("a flag too many", FileLies::moreFlags);
    kinds.put("a transaction left out", FileLies::transactionLeftOut);
    kinds.put("transactions in another order", FileLies::reordered);
    kinds.put("a transaction twice", FileLies::twice);
    kinds.put("a transaction of another block", FileLies::ofAnotherBlock);
    kinds.put("another number in the header", FileLies::number);
    kinds.put("another data hash in the header", FileLies::dataHash);
    kinds.put("another previous hash in the header", FileLies::previousHash);
    kinds.put("a field that no block has", FileLies::unknownField);
    kinds.put("another last configuration", FileLies::lastConfiguration);
    kinds.put("no orderer's signature", plot -> signature(plot, ByteString.EMPTY));
    kinds.put("the orderer's signature of another block", FileLies::signatureOfAnother);
    return kinds;
  }

  private static Told file(Plot plot, int number, byte[] bytes) {
    plot.files.put(number, Optional.of(bytes));
    return Plot.block(
        number, "block.unreadable", "block.data", "block.link", "block.flags", "block.format");
  }

  private static Told bit(Plot plot) {
    int number = plot.anyBlock();
    Block block = plot.blocks.get(number);
    int tx = plot.random.nextInt(block.getData().getDataCount());
    byte[] envelope = block.getData().getData(tx).toByteArray();
    envelope[plot.random.nextInt(envelope.length)] ^= (byte) (1 << plot.random.nextInt(8));
    plot.put(number, tx, ByteString.copyFrom(envelope));
    return Plot.block(number, "block.data");
  }

  private static Told metadataBit(Plot plot) {
    int number = plot.anyBlock();
    Block block = plot.blocks.get(number);
    byte[] signatures = block.getMetadata().getMetadata(0).toByteArray();
    signatures[plot.random.nextInt(signatures.length)] ^= (byte) (1 << plot.random.nextInt(8));
    return signature(plot, number, ByteString.copyFrom(signatures));
  }

  private static Told signature(Plot plot, ByteString metadata) {
    return signature(plot, plot.anyBlock(), metadata);
  }

  private static Told signature(Plot plot, int number, ByteString metadata) {
    plot.blocks.set(
        number,
        BlockSealer.metadata(
            plot.blocks.get(number), BlockMetadataIndex.SIGNATURES_VALUE, metadata));
    return Plot.block(number, "block.link", "block.format");
  }

  private static Told signatureOfAnother(Plot plot) {
    int number = plot.anyBlock();
    Block other = plot.blocks.get(number == 1 ? 2 : number - 1);
    return signature(plot, number, other.getMetadata().getMetadata(0));
  }

  private static Told cutShort(Plot plot) {
    int number = plot.anyBlock();
    byte[] bytes = plot.blocks.get(number).toByteArray();
    return file(plot, number, Arrays.copyOf(bytes, plot.between(1, bytes.length - 1)));
  }

  private static Told longer(Plot plot) {
    int number = plot.anyBlock();
    byte[] bytes = plot.blocks.get(number).toByteArray();
    byte[] longer = Arrays.copyOf(bytes, bytes.length + plot.between(2, 40));
    for (int i = bytes.length; i < longer.length; i++) {
      longer[i] = (byte) plot.random.nextInt();
    }
    return file(plot, number, longer);
  }

  private static Told noise(Plot plot) {
    byte[] noise = new byte[plot.between(10, 4_000)];
    plot.random.nextBytes(noise);
    return file(plot, plot.anyBlock(), noise);
  }

  private static Told leftOut(Plot plot) {
    int number = plot.between(1, plot.blocks.size() - 2);
    plot.files.put(number, Optional.empty());
    return Plot.block(number, "block.missing");
  }

  private static Told tail(Plot plot) {
    int height = plot.between(3, plot.blocks.size() - 1);
    plot.blocks.subList(height, plot.blocks.size()).clear();
    return Plot.block(height, "head.droppedTail");
  }

  private static Told tailAndHeads(Plot plot) {
    int height = plot.between(3, plot.blocks.size() - 1);
    plot.blocks.subList(height, plot.blocks.size()).clear();
    plot.heads = List.of();
    return Plot.block(height - 1, "head.unsigned");
  }

  private static Told exchanged(Plot plot) {
    int number = plot.between(1, plot.blocks.size() - 2);
    Collections.swap(plot.blocks, number, plot.between(number + 1, plot.blocks.size() - 1));
    return Plot.block(number, "block.link");
  }

  private static Told repeated(Plot plot) {
    int number = plot.between(2, plot.blocks.size() - 1);
    plot.blocks.set(number, plot.blocks.get(number - 1));
    return Plot.block(number, "block.link");
  }

  private static Told flag(Plot plot, boolean valid) {
    while (true) {
      int number = plot.anyBlock();
      byte[] flags = BlockSealer.flags(plot.blocks.get(number));
      int tx = plot.random.nextInt(flags.length);
      if ((flags[tx] == 0) == valid) {
        flags[tx] = (byte) (valid ? plot.any(List.of(3, 10, 11, 12, 255)) : 0);
        plot.flags(number, flags);
        return new Told(java.util.Set.of("block.flags"), number, tx, Optional.empty());
      }
    }
  }

  private static Told strangeFlag(Plot plot) {
    int number = plot.anyBlock();
    byte[] flags = BlockSealer.flags(plot.blocks.get(number));
    int tx = plot.random.nextInt(flags.length);
    flags[tx] = (byte) plot.between(100, 200);
    plot.flags(number, flags);
    return new Told(java.util.Set.of("block.flags"), number, tx, Optional.empty());
  }

  private static Told noFlags(Plot plot) {
    int number = plot.anyBlock();
    plot.flags(number);
    return Plot.block(number, "block.flags");
  }

  private static Told moreFlags(Plot plot) {
    int number = plot.anyBlock();
    byte[] flags = BlockSealer.flags(plot.blocks.get(number));
    plot.flags(number, Arrays.copyOf(flags, flags.length + 1));
    return Plot.block(number, "block.flags");
  }

  private static Told transactionLeftOut(Plot plot) {
    int number = plot.anyBlock();
    List<ByteString> data = data(plot, number);
    data.remove(plot.random.nextInt(data.size()));
    plot.put(number, data);
    return Plot.block(number, "block.data");
  }

  private static Told reordered(Plot plot) {
    int number = plot.crowded();
    List<ByteString> data = data(plot, number);
    Collections.rotate(data, plot.between(1, data.size() - 1));
    plot.put(number, data);
    return Plot.block(number, "block.data");
  }

  private static Told twice(Plot plot) {
    int number = plot.anyBlock();
    List<ByteString> data = data(plot, number);
    data.add(plot.any(data));
    plot.put(number, data);
    return Plot.block(number, "block.data");
  }

  private static Told ofAnotherBlock(Plot plot) {
    int number = plot.between(2, plot.blocks.size() - 1);
    ByteString foreign = plot.any(data(plot, plot.between(1, number - 1)));
    plot.put(number, plot.random.nextInt(data(plot, number).size()), foreign);
    return Plot.block(number, "block.data");
  }

  private static List<ByteString> data(Plot plot, int number) {
    return new ArrayList<>(plot.blocks.get(number).getData().getDataList());
  }

  private static Told number(Plot plot) {
    int number = plot.anyBlock();
    Block.Builder block = plot.blocks.get(number).toBuilder();
    block.getHeaderBuilder().setNumber(plot.any(List.of(0L, number - 1L, number + 1L, -1L)));
    plot.blocks.set(number, block.build());
    return Plot.block(number, "block.link");
  }

  private static Told dataHash(Plot plot) {
    int number = plot.anyBlock();
    Block.Builder block = plot.blocks.get(number).toBuilder();
    block.getHeaderBuilder().setDataHash(flipped(plot, block.getHeader().getDataHash()));
    plot.blocks.set(number, block.build());
    return Plot.block(number, "block.data");
  }

  private static Told previousHash(Plot plot) {
    int number = plot.anyBlock();
    Block.Builder block = plot.blocks.get(number).toBuilder();
    block.getHeaderBuilder().setPreviousHash(flipped(plot, block.getHeader().getPreviousHash()));
    plot.blocks.set(number, block.build());
    return Plot.block(number, "block.link");
  }

  private static ByteString flipped(Plot plot, ByteString hash) {
    byte[] bytes = hash.toByteArray();
    bytes[plot.random.nextInt(bytes.length)] ^= (byte) (1 << plot.random.nextInt(8));
    return ByteString.copyFrom(bytes);
  }

  private static Told unknownField(Plot plot) {
    int number = plot.anyBlock();
    Block.Builder block = plot.blocks.get(number).toBuilder();
    UnknownFieldSet more =
        UnknownFieldSet.newBuilder()
            .addField(
                plot.between(20, 90),
                UnknownFieldSet.Field.newBuilder().addVarint(plot.random.nextInt(99)).build())
            .build();
    switch (plot.random.nextInt(4)) {
      case 0 -> block.setUnknownFields(more);
      case 1 -> block.getHeaderBuilder().setUnknownFields(more);
      case 2 -> block.getDataBuilder().setUnknownFields(more);
      default -> block.getMetadataBuilder().setUnknownFields(more);
    }
    plot.blocks.set(number, block.build());
    return Plot.block(number, "block.format");
  }

  private static Told lastConfiguration(Plot plot) {
    int number = plot.anyBlock();
    boolean signed = plot.random.nextBoolean();
    LastConfig claimed = LastConfig.newBuilder().setIndex(plot.between(1, 99)).build();
    ByteString value =
        Metadata.newBuilder().setValue(claimed.toByteString()).build().toByteString();
    if (signed) {
      try {
        value =
            Metadata.parseFrom(plot.blocks.get(number).getMetadata().getMetadata(0)).toBuilder()
                .setValue(claimed.toByteString())
                .build()
                .toByteString();
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }
    plot.blocks.set(
        number,
        BlockSealer.metadata(
            plot.blocks.get(number),
            signed ? BlockMetadataIndex.SIGNATURES_VALUE : BlockMetadataIndex.LAST_CONFIG_VALUE,
            value));
    return Plot.block(number, "block.link", "block.format");
  }
}
