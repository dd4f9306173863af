package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.tidegate.ledger.audit.block.ChannelConfig;

/**
 * Collects endorsements of one proposal from peers of several organisations at the same time, the
 * own one without a network between.
 */
final class Endorsements {
  private static final long TIMEOUT_SECONDS = 30;

  private final LedgerSettings settings;
  private final ChannelConfig config;
  private final Endorser own;

  Endorsements(LedgerSettings settings, ChannelConfig config, Endorser own) {
    this.settings = settings;
    this.config = config;
    this.own = own;
  }

  /** What became of a call to an endorser: an endorsement, or why there is none. */
  record Outcome(Code code, String message, ProposalResponse response) {
    static Outcome of(ProposalResponse response) {
      int status = response.getResponse().getStatus();
      String message = response.getResponse().getMessage();
      if (status >= 200 && status < 400) {
        return new Outcome(Code.OK, "", response);
      }
      return response.getPayload().isEmpty()
          ? new Outcome(Code.FAILED_PRECONDITION, message, response)
          : new Outcome(Code.UNKNOWN, "chaincode response " + status + ", " + message, response);
    }

    static Outcome failed(Throwable cause) {
      Status status = Status.fromThrowable(cause);
      return new Outcome(
          Code.UNAVAILABLE,
          "rpc error: " + status.getCode() + " " + status.getDescription(),
          ProposalResponse.getDefaultInstance());
    }
  }

  /**
   * Endorsements of one and the same outcome.
   *
   * @param wanted the organisations, all of which must endorse; empty means this one and as many
   *     others as make a majority, whoever can be reached
   * @throws StatusRuntimeException as Fabric's gateway answers, with one detail a failing peer
   */
  ChaincodeEndorsedAction collect(SignedProposal proposal, List<String> wanted) {
    if (!wanted.isEmpty()) {
      SequencedSet<String> organisations = new java.util.LinkedHashSet<>(wanted);
      TreeSet<String> unknown = new TreeSet<>(organisations);
      unknown.removeAll(config.members().ids());
      if (!unknown.isEmpty()) {
        throw Calls.error(
            Code.UNAVAILABLE,
            "failed to find any endorsing peers for org(s): " + String.join(", ", unknown));
      }
      Collected collected = new Collected();
      ask(proposal, List.copyOf(organisations), collected);
      return collected.finish(organisations.size());
    }
    return collectMajority(proposal);
  }

  private ChaincodeEndorsedAction collectMajority(SignedProposal proposal) {
    Collected collected = new Collected();
    Outcome first = Outcome.of(own.process(proposal));
    if (first.code() != Code.OK) {
      throw Calls.error(
          Code.ABORTED,
          "failed to endorse transaction, see attached details for more info",
          List.of(detail(settings.mspId(), first.message())));
    }
    collected.add(settings.mspId(), first);
    List<String> others = new ArrayList<>(new TreeSet<>(config.members().ids()));
    others.remove(settings.mspId());
    while (collected.count() < config.endorsementsNeeded() && !others.isEmpty()) {
      int missing = Math.min(others.size(), config.endorsementsNeeded() - collected.count());
      List<String> next = List.copyOf(others.subList(0, missing));
      others.removeAll(next);
      ask(proposal, next, collected);
    }
    return collected.finish(config.endorsementsNeeded());
  }

  private void ask(SignedProposal proposal, List<String> organisations, Collected collected) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> answers = new ArrayList<>();
      for (String organisation : organisations) {
        answers.add(threads.submit(Context.current().wrap(() -> ask(proposal, organisation))));
      }
      for (int index = 0; index < answers.size(); index++) {
        collected.add(organisations.get(index), join(answers.get(index)));
      }
    }
  }

  private static Outcome join(Future<Outcome> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      return Outcome.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.failed(Status.CANCELLED.asException());
    }
  }

  private Outcome ask(SignedProposal proposal, String organisation) {
    if (organisation.equals(settings.mspId())) {
      return Outcome.of(own.process(proposal));
    }
    try {
      Channel channel = settings.peers().apply(organisation);
      return Outcome.of(
          EndorserGrpc.newBlockingStub(channel)
              .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .processProposal(proposal));
    } catch (RuntimeException e) {
      return Outcome.failed(e);
    }
  }

  private static ErrorDetail detail(String organisation, String message) {
    return ErrorDetail.newBuilder()
        .setAddress(organisation)
        .setMspId(organisation)
        .setMessage(message)
        .build();
  }

  /** Endorsements so far, all of the same payload, and the errors. */
  private static final class Collected {
    private final ChaincodeEndorsedAction.Builder action = ChaincodeEndorsedAction.newBuilder();
    private final List<ErrorDetail> errors = new ArrayList<>();
    private ByteString payload = ByteString.EMPTY;

    void add(String organisation, Outcome outcome) {
      if (outcome.code() != Code.OK) {
        errors.add(detail(organisation, outcome.message()));
      } else if (!outcome.response().hasEndorsement()) {
        errors.add(detail(organisation, "the endorser's answer has no endorsement"));
      } else if (payload.isEmpty() || payload.equals(outcome.response().getPayload())) {
        payload = outcome.response().getPayload();
        action.addEndorsements(outcome.response().getEndorsement());
      } else {
        errors.add(
            detail(
                organisation,
                "ProposalResponsePayloads do not match: the contract is not deterministic, or this"
                    + " peer is at another block"));
      }
    }

    int count() {
      return action.getEndorsementsCount();
    }

    ChaincodeEndorsedAction finish(int needed) {
      if (count() < needed) {
        throw Calls.error(
            Code.ABORTED,
            "failed to collect enough transaction endorsements, see attached details for more info",
            errors);
      }
      return action.setProposalResponsePayload(payload).build();
    }
  }
}
