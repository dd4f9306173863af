package org.tidegate.ledger.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.hyperledger.fabric.client.CommitStatusException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.SubmitException;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;

/**
 * The ledger over the Fabric Gateway SDK, the same for the embedded ledger and a Fabric network.
 *
 * <p>A transaction is never submitted twice: what is tried again is a new transaction of the same
 * call, which is safe because every call of the contract is idempotent. Conflicts (MVCC, phantom,
 * endorsers out of step) are tried again with jittered, bounded waits. A refusal is believed when
 * the own peer refuses too: a peer that lags one block behind may not yet know a record that
 * stands.
 */
public final class GatewayLedgerClient extends RecordLedgerClient {
  private static final int MAX_TRIES = 24;
  private static final int MAX_UNREACHABLE_TRIES = 4;

  private final Gateway gateway;
  private final Network network;
  private final Contract contract;
  private final EndorserChoice endorsers;
  private final LedgerTimeouts timeouts;
  private final Set<BlockFollower> followers = ConcurrentHashMap.newKeySet();

  /**
   * Connects. No message is sent before the first call.
   *
   * @param connection where and as whom
   * @param random spreads tickets, endorsers and waits; nothing secret; safe for many threads
   */
  public GatewayLedgerClient(LedgerConnection connection, RandomGenerator random) {
    super(connection.organisation(), random);
    timeouts = connection.timeouts();
    endorsers = new EndorserChoice(connection.organisations(), connection.organisation());
    gateway =
        Gateway.newInstance()
            .identity(new X509Identity(connection.organisation(), connection.certificate()))
            .signer(Signers.newPrivateKeySigner(connection.key()))
            .hash(Hash.SHA256)
            .connection(connection.grpc())
            .evaluateOptions(options -> within(options, timeouts.evaluate()))
            .endorseOptions(options -> within(options, timeouts.endorse()))
            .submitOptions(options -> within(options, timeouts.submit()))
            .commitStatusOptions(options -> within(options, timeouts.commit()))
            .connect();
    network = gateway.getNetwork(connection.space());
    contract = network.getContract(connection.chaincode());
  }

  private static io.grpc.CallOptions within(io.grpc.CallOptions options, Duration time) {
    return options.withDeadlineAfter(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public JsonObject evaluate(String function, JsonObject request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return CanonicalJson.decode(
            contract.evaluateTransaction(function, CanonicalJson.encode(request)));
      } catch (GatewayException e) {
        Optional<LedgerException> refusal = GatewayErrors.refusal(e);
        if (refusal.isPresent()) {
          throw refusal.get();
        }
        if (!GatewayErrors.unreachable(e) || attempt == MAX_UNREACHABLE_TRIES) {
          throw GatewayErrors.failed("asking the ledger (" + function + ")", e);
        }
        pause(attempt + 2);
      }
    }
  }

  @Override
  public JsonObject submit(
      String function, JsonObject request, Set<String> organisations, boolean retryConflicts) {
    for (int attempt = 1; ; attempt++) {
      Transaction transaction = endorse(function, request, organisations);
      try {
        Status status = commit(transaction);
        if (status.isSuccessful()) {
          return CanonicalJson.decode(transaction.getResult());
        }
        throw invalid(function, status);
      } catch (LedgerException e) {
        boolean again =
            e.code().equals(LedgerCodes.CONFLICT) || e.code().equals(LedgerCodes.UNKNOWN_OUTCOME);
        if (!again || !retryConflicts || attempt == MAX_TRIES) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private Transaction endorse(String function, JsonObject request, Set<String> organisations) {
    byte[] argument = CanonicalJson.encode(request);
    Instant deadline = Instant.now().plus(timeouts.outOfStep());
    Set<String> avoided = new TreeSet<>();
    int unreachable = 0;
    for (int attempt = 1; ; attempt++) {
      List<String> chosen = endorsers.choose(organisations, avoided, random());
      try {
        return contract
            .newProposal(function)
            .addArguments(argument)
            .setEndorsingOrganizations(chosen.toArray(String[]::new))
            .build()
            .endorse();
      } catch (EndorseException e) {
        Optional<LedgerException> refusal = GatewayErrors.refusal(e);
        boolean inTime = Instant.now().isBefore(deadline);
        if (refusal.isPresent()) {
          // The own peer's refusal, thrown from here, is final.
          evaluate(function, request);
          if (!inTime) {
            throw refusal.get();
          }
        } else if (GatewayErrors.unreachable(e) && ++unreachable < MAX_UNREACHABLE_TRIES) {
          avoided.addAll(GatewayErrors.failedOrganisations(e));
          if (!endorsers.canAvoid(avoided)) {
            avoided.clear();
          }
        } else if (!GatewayErrors.outOfStep(e) || !inTime) {
          throw GatewayErrors.failed(
              "endorsing " + function + " by " + String.join(", ", chosen), e);
        }
        pause(attempt);
      }
    }
  }

  /** Submits once and waits for the commit, asking again where only the answer was lost. */
  private Status commit(Transaction transaction) {
    String id = transaction.getTransactionId();
    SubmittedTransaction submitted;
    try {
      submitted = transaction.submitAsync();
    } catch (SubmitException e) {
      throw switch (e.getStatus().getCode()) {
        case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL -> unknownOutcome(id, e);
        default -> GatewayErrors.failed("submitting transaction " + id, e);
      };
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return submitted.getStatus();
      } catch (CommitStatusException e) {
        if (!GatewayErrors.unreachable(e) || attempt == MAX_UNREACHABLE_TRIES) {
          throw unknownOutcome(id, e);
        }
        pause(attempt + 2);
      }
    }
  }

  private static LedgerException unknownOutcome(String id, GatewayException e) {
    return new LedgerException(
        LedgerCodes.UNKNOWN_OUTCOME,
        "transaction "
            + id
            + " may have been committed or not ("
            + GatewayErrors.describe(e)
            + "); look the record up before trying again",
        true,
        e);
  }

  private static LedgerException invalid(String function, Status status) {
    TxValidationCode code = status.getCode();
    String text =
        function
            + ": transaction "
            + status.getTransactionId()
            + " in block "
            + status.getBlockNumber()
            + " is invalid: "
            + code;
    return switch (code) {
      case MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT ->
          new LedgerException(
              LedgerCodes.CONFLICT, text + "; another transaction was faster, try again", true);
      default -> new LedgerException(LedgerCodes.FAILED, text, false);
    };
  }

  @Override
  public Subscription follow(long from, BlockListener listener) {
    BlockFollower follower = new BlockFollower(network, from, listener, followers::remove);
    followers.add(follower);
    follower.start();
    return follower;
  }

  @Override
  public void close() {
    followers.forEach(BlockFollower::close);
    gateway.close();
  }
}
