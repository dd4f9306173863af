package org.tidegate.ledger.embedded;

import io.grpc.BindableService;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.audit.block.BlockLinks;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.audit.block.Identity;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Head;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedHead;

/**
 * A node's part of the ledger: its peer, and the orderer where this node orders. Safe for any
 * number of threads.
 */
public final class EmbeddedLedger implements AutoCloseable {
  private final LedgerSettings settings;
  private final ChannelConfig config;
  private final Closeable lock;
  private final CommittedChain chain;
  private final @Nullable Orderer orderer;
  private final @Nullable OrderedChain ordered;
  private final BlockPuller puller;
  private final List<BindableService> services;
  private boolean closed;

  private EmbeddedLedger(
      LedgerSettings settings,
      ChannelConfig config,
      NodeIdentity self,
      Closeable lock,
      CommittedChain chain,
      @Nullable OrderedChain ordered)
      throws BlockFormatException {
    this.settings = settings;
    this.config = config;
    this.lock = lock;
    this.chain = chain;
    this.ordered = ordered;
    this.orderer =
        ordered == null
            ? null
            : new Orderer(config, settings, GenesisLimits.of(settings.genesis()), ordered);
    this.puller = new BlockPuller(settings, config, chain, self, ordered);
    Endorser endorser = new Endorser(settings, config, chain, self);
    List<BindableService> made = new ArrayList<>();
    made.add(
        new GatewayService(
            settings, config, chain, endorser, new OrdererClient(settings, orderer)));
    made.add(new EndorserService(endorser));
    made.add(new DeliverService(chain, config, settings));
    if (orderer != null) {
      made.add(new BroadcastService(orderer, config, settings));
    }
    services = List.copyOf(made);
  }

  /**
   * Opens the ledger: makes its files or verifies them, rebuilds the state, and begins to fetch
   * blocks from the orderer. No other node needs to be up.
   *
   * @throws EmbeddedLedgerException if the files are another ledger's, in use, truncated or altered
   *     (naming file, offset and block), or the certificate is not of this organisation
   */
  public static EmbeddedLedger open(LedgerSettings settings) {
    try {
      ChannelConfig config = ChannelConfig.parse(settings.genesis());
      BlockLinks.checkData(settings.genesis());
      NodeIdentity self =
          new NodeIdentity(settings.mspId(), settings.certificate(), settings.key());
      requirePeer(settings, config, self);
      settings.files().createDirectories(settings.directory());
      Closeable lock = settings.files().lock(settings.directory().resolve("lock"));
      try {
        return open(settings, config, self, lock);
      } catch (IOException | RuntimeException | BlockFormatException e) {
        lock.close();
        throw e;
      }
    } catch (BlockFormatException e) {
      throw new EmbeddedLedgerException(
          "block 0 of this space is not usable: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new EmbeddedLedgerException(
          "the ledger in " + settings.directory() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static EmbeddedLedger open(
      LedgerSettings settings, ChannelConfig config, NodeIdentity self, Closeable lock)
      throws IOException, BlockFormatException {
    CommittedChain chain =
        CommittedChain.open(settings, config, self, settings.directory().resolve("peer"));
    OrderedChain ordered = null;
    try {
      if (settings.orders()) {
        ordered =
            OrderedChain.open(settings, config, self, settings.directory().resolve("orderer"));
        requireSameChain(settings, chain, ordered);
      }
      EmbeddedLedger ledger = new EmbeddedLedger(settings, config, self, lock, chain, ordered);
      if (ledger.orderer != null) {
        ledger.orderer.start();
      }
      ledger.puller.start();
      return ledger;
    } catch (IOException | RuntimeException | BlockFormatException e) {
      if (ordered != null) {
        ordered.close();
      }
      chain.close();
      throw e;
    }
  }

  private static void requirePeer(
      LedgerSettings settings, ChannelConfig config, NodeIdentity self) {
    try {
      Identity identity = config.members().identify(self.serialized(), settings.clock().instant());
      if (!identity.isPeer()) {
        throw new GeneralSecurityException("its units are " + identity.units() + ", not peer");
      }
    } catch (GeneralSecurityException e) {
      throw new EmbeddedLedgerException(
          "the ledger certificate of '"
              + settings.mspId()
              + "' cannot be used: "
              + e.getMessage()
              + "; renew it with 'tidegate renew', or join the space again",
          e);
    }
    if (!config.orderers().ids().contains(settings.orderer())) {
      throw new EmbeddedLedgerException(
          "block 0 names "
              + config.orderers().ids()
              + " as orderer, not '"
              + settings.orderer()
              + "'");
    }
  }

  /** An orderer that lost blocks which it has delivered would order a second history. */
  private static void requireSameChain(
      LedgerSettings settings, CommittedChain chain, OrderedChain ordered) throws IOException {
    CommittedChain.Head head = chain.head();
    Path directory = settings.directory().resolve("orderer");
    if (ordered.gate().height() < head.height()) {
      throw new EmbeddedLedgerException(
          "the orderer's files in "
              + directory
              + " end before block "
              + ordered.gate().height()
              + ", but this node's peer has block "
              + (head.height() - 1)
              + ": they were truncated. Restore them from a backup");
    }
    byte[] there = BlockHashes.headerHash(ordered.read(head.height() - 1).getHeader());
    if (!java.util.Arrays.equals(there, head.hash())) {
      throw new EmbeddedLedgerException(
          "block "
              + (head.height() - 1)
              + " in "
              + directory
              + " is not the one that this node's peer has committed. Restore it from a backup");
    }
  }

  /** Fabric's services, to be added to the node's server. */
  public List<BindableService> services() {
    return services;
  }

  /** The orderer, where this node orders. */
  @Nullable Orderer orderer() {
    return orderer;
  }

  /** What block 0 says. */
  public ChannelConfig config() {
    return config;
  }

  /** Hash of block 0's header. */
  public Digest genesisHash() {
    return Digest.ofHash(BlockHashes.headerHash(settings.genesis().getHeader()));
  }

  /** How many blocks are committed here, block 0 included. */
  public long height() {
    return chain.gate().height();
  }

  /**
   * A committed block with its validation flags.
   *
   * @param number below {@link #height}
   */
  public Block block(long number) throws IOException {
    return chain.read(number);
  }

  /** The head of the chain as it stands here, signed with the ledger key. */
  public SignedHead head() {
    CommittedChain.Head head = chain.head();
    Head body =
        new Head(
            config.channel(),
            head.height(),
            Digest.ofHash(head.hash()),
            settings.mspId(),
            settings.clock().instant());
    return new SignedHead(Signed.sign(body, settings.key()), Genesis.pem(settings.certificate()));
  }

  /**
   * Writes all blocks, as they stand when it is called, and this node's head into a new export.
   *
   * @param directory where; made when missing
   * @return how many blocks were written
   */
  public long exportTo(Path directory) throws IOException {
    SignedHead head = head();
    LedgerExport export = LedgerExport.create(directory);
    long height = head.head().body().height();
    for (long number = 0; number < height; number++) {
      export.write(block(number));
    }
    export.write(List.of(head));
    return height;
  }

  /** Why this node's ledger does not go on at the moment, in one line, or empty if all is well. */
  public Optional<String> trouble() {
    String ordering = orderer == null ? null : orderer.trouble();
    return Optional.ofNullable(ordering == null ? puller.trouble() : ordering);
  }

  /** Stops following and serving, and closes the files. Calls in flight end as UNAVAILABLE. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (Closeable last = lock;
        Closeable files = chain) {
      puller.close();
      if (orderer != null && ordered != null) {
        orderer.close();
        ordered.close();
      }
    } catch (IOException e) {
      throw new EmbeddedLedgerException(
          "the ledger in " + settings.directory() + " did not close cleanly: " + e.getMessage(), e);
    }
  }
}
