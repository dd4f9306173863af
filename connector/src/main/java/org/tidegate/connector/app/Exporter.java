package org.tidegate.connector.app;

import io.grpc.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.rpc.AdminException;
import org.tidegate.connector.rpc.Administration;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.connector.transport.TransportException;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Head;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedHead;
import org.tidegate.proto.ledger.v1.HeadServiceGrpc;
import org.tidegate.proto.ledger.v1.SignHeadRequest;
import org.tidegate.proto.ledger.v1.SignHeadResponse;

/** Exports this node's chain with a head that peers sign too, so that a dropped tail shows. */
final class Exporter {
  private static final Logger log = LoggerFactory.getLogger(Exporter.class);
  private static final int ATTEMPTS = 10;
  private static final long PEER_SECONDS = 10;

  private final String self;
  private final NodeLedger ledger;
  private final PeerConnections connections;
  private final List<String> members;
  private final Path scratch;

  /**
   * @param scratch a directory of the node's own, for the export while it is made
   */
  Exporter(
      String self,
      NodeLedger ledger,
      PeerConnections connections,
      List<String> members,
      Path scratch) {
    this.self = self;
    this.ledger = ledger;
    this.connections = connections;
    this.members = members;
    this.scratch = scratch;
  }

  /**
   * Hands out blocks and heads.
   *
   * @param from the first block's number
   */
  void export(long from, Administration.FileSink sink) {
    try {
      Files.createDirectories(scratch);
      Path directory = Files.createTempDirectory(scratch, "export-");
      try {
        LedgerExport export = LedgerExport.create(directory.resolve("out"));
        List<SignedHead> heads = agreedHeads();
        long height = heads.getFirst().head().body().height();
        for (long number = from; number < height; number++) {
          export.write(ledger.block(number));
        }
        export.write(heads);
        hand(export.directory(), sink);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new AdminException(
          AdminException.Kind.ABORTED,
          "node.disk",
          "the export cannot be written below " + scratch + ": " + e.getMessage(),
          e);
    }
  }

  /** Heads of one height; where the chain grows meanwhile, asks again. */
  private List<SignedHead> agreedHeads() {
    List<SignedHead> best = List.of(ledger.head());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      SignedHead own = ledger.head();
      long height = own.head().body().height();
      List<SignedHead> heads = new ArrayList<>();
      heads.add(own);
      for (String member : members) {
        if (!member.equals(self)) {
          peerHead(member, height, heads);
        }
      }
      boolean same = heads.stream().allMatch(head -> head.head().body().height() == height);
      List<SignedHead> agreeing =
          heads.stream().filter(head -> head.head().body().height() == height).toList();
      if (same || agreeing.size() > best.size()) {
        best = agreeing;
      }
      if (same) {
        break;
      }
    }
    return best;
  }

  private void peerHead(String member, long height, List<SignedHead> heads) {
    try {
      SignHeadResponse response = connections.call(member, channel -> ask(channel, height));
      Signed<Head> signed =
          Signed.fromJson(
              JsonObject.builder()
                  .put("body", CanonicalJson.decode(response.getBody().toByteArray()))
                  .put("signature", HexFormat.of().formatHex(response.getSignature().toByteArray()))
                  .build(),
              Head::fromJson);
      heads.add(new SignedHead(signed, response.getCertificate()));
    } catch (TransportException | RecordException e) {
      log.info("{} does not sign the head of this export: {}", member, e.getMessage());
    }
  }

  private static SignHeadResponse ask(Channel channel, long height) {
    return HeadServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PEER_SECONDS, TimeUnit.SECONDS)
        .signHead(SignHeadRequest.newBuilder().setAtLeastHeight(height).build());
  }

  private static void hand(Path directory, Administration.FileSink sink) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = directory.relativize(file).toString().replace('\\', '/');
      sink.file(name, Files.readAllBytes(file));
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      try {
        Files.delete(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
