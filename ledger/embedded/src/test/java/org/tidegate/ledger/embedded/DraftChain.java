package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.shim.Chaincode;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.audit.block.BlockValidator;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.audit.block.EndorserTransaction;
import org.tidegate.ledger.audit.block.WorldState;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.contract.LedgerUnderTest;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.contract.TidegateContract;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Head;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedHead;

/**
 * A chain made by hand, as peers and an orderer would make it, with real signatures and its own
 * clock: months of a space's life in a second. A transaction sees the state before its block.
 */
final class DraftChain implements LedgerUnderTest {
  final TestSpace space;
  final Block genesis;
  final ChannelConfig config;
  final BlockSealer sealer;
  private final TidegateContract contract;
  private final WorldState state = new WorldState();
  private final BlockValidator validator;
  private final Set<String> known = new HashSet<>();
  private final List<List<TxDraft>> drafts = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Map<String, RecordLedgerClient> clients = new HashMap<>();
  private final Map<String, NodeIdentity> peers = new HashMap<>();
  private final Random random;
  private List<TxDraft> open = new ArrayList<>();
  private boolean batching;
  private Instant now = Instant.now();

  DraftChain(TestSpace space) {
    this(space, EmbeddedNetwork.genesis(space), 8);
  }

  private DraftChain(TestSpace space, Block genesis, long seed) {
    random = new Random(seed);
    this.space = space;
    this.genesis = genesis;
    try {
      config = ChannelConfig.parse(genesis);
    } catch (BlockFormatException e) {
      throw new IllegalStateException(e);
    }
    contract = new TidegateContract(java.util.Optional.of(Signatures.digest(space.root())));
    validator = new BlockValidator(config, TidegateContract.NAME);
    for (String name : space.names()) {
      TestParticipant self = space.get(name);
      peers.put(name, new NodeIdentity(name, self.ledgerCertificate(), self.ledgerKey()));
    }
    sealer = new BlockSealer(peer(EmbeddedNetwork.ORDERER));
    blocks.add(genesis);
    drafts.add(List.of());
  }

  /** Another chain that goes on from the same blocks. */
  DraftChain fork() {
    // Other nonces than ours: the same would be transaction ids that stand already.
    DraftChain fork = new DraftChain(space, genesis, random.nextLong());
    for (int number = 1; number < blocks.size(); number++) {
      fork.commit(blocks.get(number), drafts.get(number));
    }
    fork.now = now;
    return fork;
  }

  NodeIdentity peer(String name) {
    NodeIdentity peer = peers.get(name);
    if (peer == null) {
      throw new IllegalArgumentException(name);
    }
    return peer;
  }

  /** All blocks so far, block 0 first. */
  List<Block> blocks() {
    return blocks;
  }

  /** The transactions of each block; none in block 0. */
  List<List<TxDraft>> drafts() {
    return drafts;
  }

  /** Transactions until {@link #cut} share a block. */
  void batch() {
    batching = true;
  }

  /** Runs a transaction; it stands in the block that is cut next. */
  JsonObject submit(String caller, String function, JsonObject request) {
    TxDraft draft = simulate(caller, function, request, now);
    open.add(draft);
    if (!batching) {
      cut();
    }
    return CanonicalJson.decode(draft.answer.toByteArray());
  }

  /**
   * A transaction to be made.
   *
   * @param caller who submits it
   * @param function the contract's function
   * @param request its arguments
   */
  record Call(String caller, String function, JsonObject request) {}

  /** Runs transactions that do not look at each other's keys, and cuts their block. */
  Block submitAll(List<Call> calls) {
    open.addAll(
        calls.parallelStream()
            .map(call -> simulate(call.caller(), call.function(), call.request(), now))
            .toList());
    cut();
    return blocks.getLast();
  }

  /** Forgets all blocks but the last: what is made from now on needs no more. */
  void forget() {
    blocks.subList(0, blocks.size() - 1).clear();
    drafts.subList(0, drafts.size() - 1).clear();
  }

  /**
   * The transaction that honest peers would endorse now.
   *
   * @throws LedgerException with the contract's refusal
   */
  TxDraft simulate(String caller, String function, JsonObject request, Instant time) {
    TxDraft draft = draft(caller, function, CanonicalJson.encode(request), time);
    SimulationStub stub = stub(draft);
    Chaincode.Response response = contract.invoke(stub);
    if (response.getStatusCode() >= 400) {
      JsonObject refusal = CanonicalJson.decodeText(response.getMessage());
      throw new LedgerException(refusal.string("code"), refusal.string("message"), false);
    }
    draft.set = set(stub);
    draft.answer = ByteString.copyFrom(response.getPayload());
    return draft;
  }

  /** A transaction that read what the rules read before they refuse it, and writes nothing. */
  TxDraft refused(String caller, String function, JsonObject request, Instant time) {
    TxDraft draft = draft(caller, function, CanonicalJson.encode(request), time);
    SimulationStub stub = stub(draft);
    contract.invoke(stub);
    draft.set = set(stub).toBuilder().clearWrites().clearRangeQueriesInfo().build();
    return draft;
  }

  private TxDraft draft(String caller, String function, byte[] request, Instant time) {
    byte[] nonce = new byte[24];
    random.nextBytes(nonce);
    List<NodeIdentity> endorsers =
        List.of(peer(caller), peer(caller.equals("bank") ? "tax" : "bank"));
    return new TxDraft(
        peer(caller),
        ByteString.copyFrom(nonce),
        time,
        List.of(ByteString.copyFromUtf8(function), ByteString.copyFrom(request)),
        KVRWSet.getDefaultInstance(),
        ByteString.copyFrom("{}".getBytes(StandardCharsets.UTF_8)),
        endorsers);
  }

  private SimulationStub stub(TxDraft draft) {
    return new SimulationStub(
        state,
        new CheckedProposal(
            Header.getDefaultInstance(),
            draft.channel,
            draft.txId(),
            draft.submitter.serialized(),
            draft.time,
            draft.chaincode,
            draft.arguments,
            ByteString.EMPTY));
  }

  private static KVRWSet set(SimulationStub stub) {
    try {
      return KVRWSet.parseFrom(
          TxReadWriteSet.parseFrom(stub.readWriteSet()).getNsRwset(0).getRwset());
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Cuts the block of the transactions since the last. */
  void cut() {
    batching = false;
    if (open.isEmpty()) {
      return;
    }
    List<ByteString> envelopes = open.parallelStream().map(TxDraft::seal).toList();
    commit(sealer.seal(blocks.getLast(), envelopes, new byte[envelopes.size()]), open);
    open = new ArrayList<>();
  }

  private void commit(Block block, List<TxDraft> transactions) {
    // The honest endorsed all this themselves: only order and reads are left to decide.
    List<BlockValidator.Verdict> trusted =
        block.getData().getDataList().stream().map(DraftChain::trusted).toList();
    WorldState.Batch batch = state.batch();
    List<BlockValidator.Verdict> verdicts =
        validator.decide(block, trusted, batch, known::contains);
    state.apply(batch);
    byte[] flags = new byte[verdicts.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = (byte) verdicts.get(i).code().getNumber();
      known.add(verdicts.get(i).txId());
    }
    blocks.add(BlockSealer.flagged(block, flags));
    drafts.add(transactions);
  }

  private static BlockValidator.Verdict trusted(ByteString envelope) {
    try {
      EndorserTransaction transaction = EndorserTransaction.parse(envelope);
      return new BlockValidator.Verdict(
          transaction.txId(), TxValidationCode.VALID, transaction, "");
    } catch (BlockFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The signed heads of some members, for these blocks. */
  List<SignedHead> heads(List<Block> of, List<String> signers) {
    return signers.stream().map(name -> head(of, name, space.get(name))).toList();
  }

  /** A head in the name of {@code participant}, signed with the ledger key of {@code signer}. */
  SignedHead head(List<Block> of, String participant, TestParticipant signer) {
    Head head =
        new Head(
            TestSpace.NAME,
            of.getLast().getHeader().getNumber() + 1,
            Digest.ofHash(BlockHashes.headerHash(of.getLast().getHeader())),
            participant,
            now);
    return new SignedHead(
        Signed.sign(head, signer.ledgerKey()), Genesis.pem(signer.ledgerCertificate()));
  }

  @Override
  public RecordLedgerClient client(String participant) {
    return clients.computeIfAbsent(participant, Client::new);
  }

  @Override
  public Digest genesisHash() {
    return Digest.ofHash(BlockHashes.headerHash(genesis.getHeader()));
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public void level() {
    // There is one state for all.
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private final class Client extends RecordLedgerClient {
    Client(String participant) {
      super(participant, new Random(participant.hashCode()));
    }

    @Override
    public JsonObject evaluate(String function, JsonObject request) {
      return CanonicalJson.decode(
          simulate(participant(), function, request, now).answer.toByteArray());
    }

    @Override
    public JsonObject submit(
        String function, JsonObject request, Set<String> organisations, boolean retryConflicts) {
      return DraftChain.this.submit(participant(), function, request);
    }

    @Override
    protected void pause(int attempt) {
      // Nobody else is writing.
    }

    @Override
    public Subscription follow(long from, BlockListener listener) {
      throw new UnsupportedOperationException("nobody delivers blocks here");
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
