package org.tidegate.ledger.client;

import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.DataRequest;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Dispute;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.FreeUses;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.Product;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Rating;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.Release;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Revocation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;
import org.tidegate.ledger.records.SpaceStatement;
import org.tidegate.ledger.records.Standing;

/**
 * One participant's access to the ledger. Every call blocks until the ledger has committed (or
 * refused) and throws {@link LedgerException} otherwise. Writing the same thing twice succeeds and
 * changes nothing, so any call may be repeated after a failure. Safe for use by many threads.
 */
public interface LedgerClient extends AutoCloseable {
  /** The participant in whose name this client acts; its MSP id. */
  String participant();

  /** Writes the space's statement, the ledger's first record; refused when another stands there. */
  void putSpace(Signed<SpaceStatement> statement);

  /** Writes this participant's own entry. */
  void putParticipant(Participant participant);

  /** Writes the space authority's word on a participant's standing, whoever carries it. */
  void putStanding(Signed<Standing> standing);

  /** Writes the space authority's policy for grades, whoever carries it. */
  void putGradePolicy(Signed<GradePolicy> policy);

  /** The policy for grades in force, or empty. */
  Optional<Signed<GradePolicy>> gradePolicy();

  /** Writes a product of this participant; a new version must raise the version number by one. */
  void putProduct(Product product);

  /** Writes a grant of this participant on its own product. */
  void putGrant(SignedGrant grant);

  /** Revokes a grant of this participant; repeating it changes nothing. */
  void revokeGrant(Signed<Revocation> revocation);

  /**
   * Takes one use of every grant the proposal needs, atomically. Picks free tickets, and others
   * when somebody was faster. Repeating it for the same job returns the reservation that stands.
   *
   * @param proposal signed by this participant
   * @param acceptances one of every participant of the job
   * @return what stands on the ledger, tickets included
   */
  Reservation reserve(Signed<Proposal> proposal, List<Signed<Acceptance>> acceptances);

  /** Writes this participant's receipt of a job. */
  void receipt(Signed<Receipt> receipt);

  /** Settles a job: its uses count. Repeating it returns the settlement that stands. */
  Settlement settle(Digest jobId);

  /**
   * Gives a job's uses back.
   *
   * @param statements every participant's signed word that it revealed nothing
   */
  Release release(Digest jobId, List<Signed<ReleaseStatement>> statements);

  /** Takes a step in a dispute; one that was taken already changes nothing. */
  void dispute(Signed<DisputeStep> step);

  /** A dispute as it stands, or empty. */
  Optional<Dispute> dispute(Digest jobId, String id);

  /** Disputes in the order of job and id; parameters as in {@link #participants}. */
  Page<Dispute> disputes(String after, int limit);

  /** Writes, or closes, a request of this participant. */
  void putRequest(Signed<DataRequest> request);

  /** Requests in the order of owner and id; parameters as in {@link #participants}. */
  Page<Signed<DataRequest>> requests(String after, int limit);

  /** Rates a product that a settled job of this participant used. */
  void rateProduct(Signed<Rating> rating);

  /** Ratings in the order of owner and product; parameters as in {@link #participants}. */
  Page<Signed<Rating>> ratings(String after, int limit);

  /** The space's statement, or empty before it was put. */
  Optional<Signed<SpaceStatement>> space();

  /** A participant's entry, or empty. */
  default Optional<Participant> participant(String name) {
    return participantState(name).map(ParticipantState::entry);
  }

  /** A participant's entry and standing, or empty. */
  Optional<ParticipantState> participantState(String name);

  /** The newest version of a product, or empty. */
  Optional<Product> product(String owner, String name);

  /** A grant as it stands, or empty. */
  Optional<GrantState> grant(String owner, String id);

  /** All that stands about a job, or empty. This is the truth about its uses. */
  Optional<JobRecord> job(Digest jobId);

  /**
   * Participants in the order of their names.
   *
   * @param after the last page's {@code next}, or empty for the first page
   * @param limit most entries wanted, 1 to {@link Page#MAX_LIMIT}
   */
  Page<ParticipantState> participants(String after, int limit);

  /** Products in the order of owner and name; parameters as in {@link #participants}. */
  Page<Product> products(String after, int limit);

  /** Grants in the order of owner and id; parameters as in {@link #participants}. */
  Page<GrantState> grants(String after, int limit);

  /** Ids of jobs in their order; parameters as in {@link #participants}. */
  Page<Digest> jobs(String after, int limit);

  /**
   * Some free tickets of a grant, from {@code hint} on and around.
   *
   * @param hint where to look first, 1 to the grant's count
   * @return up to 64 tickets; empty means exhausted
   */
  default List<Integer> freeTickets(String owner, String grant, int hint) {
    return freeUses(owner, grant, hint, 1).tickets();
  }

  /**
   * What a grant has left: tickets, and slots of its frequency and slices of its budget, where it
   * has them.
   *
   * @param hint where to look first, 1 to {@link org.tidegate.ledger.records.Grant#MAX_COUNT}
   * @param slices how many slices are wanted, 1 or more
   */
  FreeUses freeUses(String owner, String grant, int hint, int slices);

  /**
   * Follows the chain: every block from {@code from} on, in order, once each, until closed. A lost
   * connection is taken up again where it broke off.
   *
   * @param from number of the first block wanted
   * @param listener called from one thread of this client
   */
  Subscription follow(long from, BlockListener listener);

  /** Ends all subscriptions. The channel that was passed in stays open. */
  @Override
  void close();

  /** Takes blocks as they are committed. */
  @FunctionalInterface
  interface BlockListener {
    /**
     * Takes one block.
     *
     * @param block as Fabric's {@code common.Block}
     */
    void onBlock(org.hyperledger.fabric.protos.common.Block block);
  }

  /** A running subscription. */
  interface Subscription extends AutoCloseable {
    /** Ends it; no call of the listener begins after this returns. */
    @Override
    void close();
  }
}
