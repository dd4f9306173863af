package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.CommitStatusException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.SubmitException;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.block.ChainVerifier;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;

/** What the unmodified Gateway SDK sees, call by call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewaySdkTest {
  private static final String CHAINCODE = "counter";

  private final TestSpace space = new TestSpace();
  private final Map<String, Gateway> gateways = new ConcurrentHashMap<>();
  private EmbeddedNetwork network;

  @BeforeAll
  void start(@TempDir Path directory) {
    network =
        new EmbeddedNetwork(
            space,
            directory,
            settings -> settings.withContract(CHAINCODE, config -> new CounterContract()));
    space.names().forEach(network::start);
  }

  @AfterAll
  void stop() {
    gateways.values().forEach(Gateway::close);
    network.close();
  }

  private Network channel(String name) {
    return gateway(name).getNetwork(TestSpace.NAME);
  }

  private Gateway gateway(String name) {
    return gateways.computeIfAbsent(name, key -> gateway(space.get(key), key));
  }

  private Gateway gateway(TestParticipant self, String mspId) {
    return Gateway.newInstance()
        .identity(new X509Identity(mspId, self.ledgerCertificate()))
        .signer(Signers.newPrivateKeySigner(self.ledgerKey()))
        .hash(Hash.SHA256)
        .connection(network.channel(self.name()))
        .commitStatusOptions(options -> options.withDeadlineAfter(60, TimeUnit.SECONDS))
        .connect();
  }

  private Contract contract(String name) {
    return channel(name).getContract(CHAINCODE);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Until all peers have what the slowest test before has written. */
  private void level() {
    long top =
        space.names().stream().mapToLong(name -> network.ledger(name).height()).max().orElse(0);
    space
        .names()
        .forEach(name ->
            EmbeddedNetwork.await(name + " follows", () -> network.ledger(name).height() >= top));
  }

  @Test
  void submitsAndEvaluates() throws Exception {
    assertThat(text(contract("tax").submitTransaction("put", "k1", "v1"))).isEqualTo("put k1");
    assertThat(text(contract("tax").evaluateTransaction("get", "k1"))).isEqualTo("v1");
    level();
    assertThat(text(contract("trade").evaluateTransaction("get", "k1"))).isEqualTo("v1");
  }

  @Test
  void aContractsErrorIsUnknownOnEvaluateAndAbortedOnEndorse() {
    GatewayException evaluated =
        catchThrowableOfType(
            GatewayException.class, () -> contract("bank").evaluateTransaction("get", "none"));
    assertThat(evaluated.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNKNOWN);
    assertThat(evaluated.getDetails().getFirst().getMessage())
        .isEqualTo("chaincode response 500, no none");
    EndorseException endorsed =
        catchThrowableOfType(
            EndorseException.class, () -> contract("bank").submitTransaction("get", "none"));
    assertThat(endorsed.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.ABORTED);
    assertThat(endorsed.getDetails().getFirst().getMessage())
        .isEqualTo("chaincode response 500, no none");
    assertThat(endorsed.getDetails().getFirst().getMspId()).isEqualTo("bank");
  }

  @Test
  void aContractThatThrowsDoesNotTakeThePeerAlong() {
    assertThatThrownBy(() -> contract("bank").evaluateTransaction("crash"))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("on purpose");
  }

  @Test
  void anotherChaincodeOrChannelIsRefused() {
    assertThatThrownBy(() -> channel("bank").getContract("other").evaluateTransaction("get", "x"))
        .isInstanceOfSatisfying(
            GatewayException.class,
            e ->
                assertThat(e.getStatus().getCode())
                    .isEqualTo(io.grpc.Status.Code.FAILED_PRECONDITION))
        .hasMessageContaining("chaincode other not found");
    assertThatThrownBy(() ->
            gateway("bank")
                .getNetwork("nowhere")
                .getContract(CHAINCODE)
                .evaluateTransaction("get", "x"))
        .hasMessageContaining("channel 'nowhere' not found");
  }

  @Test
  void nobodySpeaksForAnotherOrganisation() {
    Gateway forged = gateway(space.get("tax"), "bank");
    try {
      Contract contract = forged.getNetwork(TestSpace.NAME).getContract(CHAINCODE);
      assertThatThrownBy(() -> contract.submitTransaction("put", "forged", "1"))
          .isInstanceOfSatisfying(
              EndorseException.class,
              e ->
                  assertThat(e.getDetails().getFirst().getMessage())
                      .contains("access denied", "not issued by an authority of MSP 'bank'"));
    } finally {
      forged.close();
    }
  }

  @Test
  void oneOrganisationsEndorsementIsNotEnough() throws Exception {
    Transaction transaction =
        contract("tax")
            .newProposal("put")
            .addArguments("alone", "1")
            .setEndorsingOrganizations("tax")
            .build()
            .endorse();
    assertThatThrownBy(transaction::submit)
        .isInstanceOfSatisfying(
            CommitException.class,
            e -> assertThat(e.getCode()).isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE));
    assertThatThrownBy(() -> contract("tax").evaluateTransaction("get", "alone"))
        .hasMessageContaining("no alone");
  }

  @Test
  void anUnknownOrganisationCannotEndorse() {
    assertThatThrownBy(() ->
            contract("tax")
                .newProposal("put")
                .addArguments("k", "1")
                .setEndorsingOrganizations("tax", "nobody")
                .build()
                .endorse())
        .isInstanceOfSatisfying(
            EndorseException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE))
        .hasMessageContaining("nobody");
  }

  @Test
  void endorsersThatDisagreeAbort() {
    EndorseException failure =
        catchThrowableOfType(
            EndorseException.class,
            () ->
                contract("bank")
                    .newProposal("differ")
                    .addArguments("d")
                    .setEndorsingOrganizations("bank", "tax", "trade")
                    .build()
                    .endorse());
    assertThat(failure.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.ABORTED);
    assertThat(failure.getDetails())
        .anySatisfy(detail ->
            assertThat(detail.getMessage()).contains("ProposalResponsePayloads do not match"));
  }

  @Test
  void aReplayIsADuplicateAndItsStatusStaysValid() throws Exception {
    level();
    Proposal proposal = contract("bank").newProposal("put").addArguments("dup", "1").build();
    Transaction transaction = proposal.endorse();
    SubmittedTransaction first = transaction.submitAsync();
    assertThat(first.getStatus().getCode()).isEqualTo(TxValidationCode.VALID);
    long before = network.ledger("bank").height();
    SubmittedTransaction again = transaction.submitAsync();
    EmbeddedNetwork.await("the replay's block", () -> network.ledger("bank").height() > before);
    assertThat(again.getStatus().getCode()).isEqualTo(TxValidationCode.VALID);
    assertThat(again.getStatus().getBlockNumber()).isEqualTo(first.getStatus().getBlockNumber());
    assertThat(CommittedChain.flag(network.ledger("bank").block(before), 0))
        .isEqualTo(TxValidationCode.DUPLICATE_TXID_VALUE);
    assertThatThrownBy(proposal::endorse).hasStackTraceContaining("duplicate transaction found");
  }

  @Test
  void contendedKeysConflict() throws Exception {
    level();
    Transaction one = contract("bank").newProposal("increment").addArguments("c").build().endorse();
    Transaction two = contract("bank").newProposal("increment").addArguments("c").build().endorse();
    SubmittedTransaction first = one.submitAsync();
    SubmittedTransaction second = two.submitAsync();
    assertThat(List.of(first.getStatus().getCode(), second.getStatus().getCode()))
        .containsExactlyInAnyOrder(TxValidationCode.VALID, TxValidationCode.MVCC_READ_CONFLICT);
  }

  @Test
  void rangesThatGrewArePhantoms() throws Exception {
    contract("bank").submitTransaction("put", "r1", "1");
    contract("bank").submitTransaction("put", "r2", "1");
    level();
    Transaction whole = endorsed("countRange", "r", "s", "whole");
    Transaction part = endorsed("first", "r", "s", "part");
    contract("bank").submitTransaction("put", "r3", "1");
    assertThat(whole.submitAsync().getStatus().getCode())
        .isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
    // What was not looked at may change.
    assertThat(part.submitAsync().getStatus().getCode()).isEqualTo(TxValidationCode.VALID);
    level();
    Transaction changed = endorsed("first", "r", "s", "changed");
    contract("bank").submitTransaction("put", "r0", "1");
    assertThat(changed.submitAsync().getStatus().getCode())
        .isEqualTo(TxValidationCode.PHANTOM_READ_CONFLICT);
  }

  private Transaction endorsed(String function, String... arguments) throws Exception {
    return contract("bank").newProposal(function).addArguments(arguments).build().endorse();
  }

  @Test
  void statusOfAnUnknownTransactionWaitsForTheDeadline() throws Exception {
    Transaction never = endorsed("put", "never", "1");
    byte[] commit = commitRequest(never);
    assertThatThrownBy(() ->
            gateway("bank")
                .newCommit(commit)
                .getStatus(options -> options.withDeadlineAfter(300, TimeUnit.MILLISECONDS)))
        .isInstanceOfSatisfying(
            CommitStatusException.class,
            e ->
                assertThat(e.getStatus().getCode())
                    .isEqualTo(io.grpc.Status.Code.DEADLINE_EXCEEDED));
  }

  private byte[] commitRequest(Transaction transaction) {
    TestParticipant bank = space.get("bank");
    NodeIdentity self = new NodeIdentity("bank", bank.ledgerCertificate(), bank.ledgerKey());
    var request =
        org.hyperledger.fabric.protos.gateway.CommitStatusRequest.newBuilder()
            .setChannelId(TestSpace.NAME)
            .setTransactionId(transaction.getTransactionId())
            .setIdentity(self.serialized())
            .build();
    return org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest.newBuilder()
        .setRequest(request.toByteString())
        .setSignature(self.sign(request.toByteString()))
        .build()
        .toByteArray();
  }

  @Test
  void eventsAndBlocksStream() throws Exception {
    level();
    List<String> seen = new ArrayList<>();
    try (CloseableIterator<ChaincodeEvent> events = channel("trade").getChaincodeEvents(CHAINCODE);
        CloseableIterator<Block> blocks = channel("trade").getBlockEvents();
        CloseableIterator<FilteredBlock> filtered = channel("trade").getFilteredBlockEvents()) {
      // Streams begin at the next commit: wait until the peer has them.
      Thread.sleep(300);
      contract("bank").submitTransaction("put", "event", "1");
      ChaincodeEvent event = events.next();
      seen.add(event.getEventName() + " " + text(event.getPayload()));
      assertThat(seen).containsExactly("put event");
      Block block = blocks.next();
      assertThat(block.getHeader().getNumber()).isEqualTo(event.getBlockNumber());
      FilteredBlock small = filtered.next();
      assertThat(small.getNumber()).isEqualTo(event.getBlockNumber());
      assertThat(small.getFilteredTransactions(0).getTxid()).isEqualTo(event.getTransactionId());
      assertThat(small.getFilteredTransactions(0).getTxValidationCode())
          .isEqualTo(TxValidationCode.VALID);
    }
  }

  @Test
  void blocksFromTheBeginningVerify() throws Exception {
    contract("bank").submitTransaction("put", "verify", "1");
    long height = network.ledger("bank").height();
    ChainVerifier verifier = new ChainVerifier(network.genesis(), CHAINCODE);
    try (CloseableIterator<Block> blocks =
        channel("bank").newBlockEventsRequest().startBlock(1).build().getEvents()) {
      while (verifier.nextNumber() < height) {
        assertThat(verifier.next(blocks.next()).problems()).isEmpty();
      }
    }
    assertThat(verifier.config().authorityPin())
        .isEqualTo(org.tidegate.ledger.records.Signatures.digest(space.root()));
  }

  @Test
  void theSystemChaincodeAnswers() throws Exception {
    Transaction transaction = endorsed("put", "q", "1");
    SubmittedTransaction submitted = transaction.submitAsync();
    long number = submitted.getStatus().getBlockNumber();
    Contract queries = channel("bank").getContract("qscc");
    BlockchainInfo info =
        BlockchainInfo.parseFrom(queries.evaluateTransaction("GetChainInfo", TestSpace.NAME));
    assertThat(info.getHeight()).isGreaterThan(number);
    Block block =
        Block.parseFrom(
            queries.evaluateTransaction("GetBlockByNumber", TestSpace.NAME, Long.toString(number)));
    assertThat(block).isEqualTo(network.ledger("bank").block(number));
    ProcessedTransaction found =
        ProcessedTransaction.parseFrom(
            queries.evaluateTransaction(
                "GetTransactionByID", TestSpace.NAME, transaction.getTransactionId()));
    assertThat(found.getValidationCode()).isEqualTo(TxValidationCode.VALID_VALUE);
    assertThatThrownBy(() -> queries.evaluateTransaction("GetTransactionByID", TestSpace.NAME, "x"))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("no such transaction");
  }

  @Test
  void anUnsignedTransactionIsRefusedByTheOrderer() throws Exception {
    // The SDK signs; what another key signed must not be ordered.
    Transaction transaction = endorsed("put", "unsigned", "1");
    Transaction forged =
        gateway("bank")
            .newSignedTransaction(
                transaction.getBytes(), new byte[] {0x30, 0x06, 2, 1, 1, 2, 1, 1});
    assertThatThrownBy(forged::submitAsync)
        .isInstanceOfSatisfying(
            SubmitException.class,
            e -> assertThat(e.getDetails().getFirst().getMessage()).contains("FORBIDDEN"));
  }
}
