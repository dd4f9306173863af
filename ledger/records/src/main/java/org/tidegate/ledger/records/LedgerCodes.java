package org.tidegate.ledger.records;

/** The error codes of the contract and of the ledger client. */
public final class LedgerCodes {
  /** Arguments the contract cannot read. */
  public static final String BAD_REQUEST = "ledger.badRequest";

  /** No space statement yet, another one than the one that stands, or one nobody signed. */
  public static final String SPACE = "ledger.space";

  /** The caller's organisation may not do this to somebody else's record. */
  public static final String NOT_OWNER = "ledger.notOwner";

  /** The caller's organisation is not a member of the space. */
  public static final String NOT_MEMBER = "ledger.notMember";

  /** The space authority has suspended a participant; what runs already may end. */
  public static final String SUSPENDED = "participant.suspended";

  /** The caller is no party of the job. */
  public static final String NOT_PARTY = "ledger.notParty";

  /** Only a proposal's signer reserves. */
  public static final String NOT_PROPOSER = "ledger.notProposer";

  /** A record stands there with other content. */
  public static final String EXISTS = "ledger.exists";

  /** What was asked for does not stand on the ledger. */
  public static final String NOT_FOUND = "ledger.notFound";

  /** A signature or certificate does not verify. */
  public static final String SIGNATURE = "ledger.signature";

  /** A participant's acceptance is missing. */
  public static final String ACCEPTANCE_MISSING = "ledger.acceptanceMissing";

  /** A proposal or acceptance is no longer good. */
  public static final String PROPOSAL_EXPIRED = "ledger.proposalExpired";

  /** A plan digest differs from the proposal's. */
  public static final String PLAN_MISMATCH = "plan.mismatch";

  /** A receipt contradicts the acceptance or the job. */
  public static final String RECEIPT_MISMATCH = "ledger.receiptMismatch";

  /** Not every receipt is there, and the job has not expired. */
  public static final String RECEIPTS_MISSING = "ledger.receiptsMissing";

  /** The receipts contradict each other, and the job has not expired. */
  public static final String RECEIPTS_DISAGREE = "ledger.receiptsDisagree";

  /** The job is settled. */
  public static final String SETTLED = "ledger.settled";

  /** The job is not settled. */
  public static final String NOT_SETTLED = "ledger.notSettled";

  /** A dispute's state does not allow this step. */
  public static final String DISPUTE_STATE = "dispute.state";

  /** This step of a dispute is for somebody else. */
  public static final String DISPUTE_ROLE = "dispute.role";

  /** The job is released. */
  public static final String RELEASED = "ledger.released";

  /** A receipt says that a revealing frame was sent. */
  public static final String REVEALED = "ledger.revealed";

  /** A participant's no-reveal statement is missing. */
  public static final String STATEMENT_MISSING = "ledger.statementMissing";

  /** No such grant. */
  public static final String GRANT_MISSING = "grant.missing";

  /** Every ticket of the grant is taken. */
  public static final String GRANT_EXHAUSTED = "grant.exhausted";

  /** The named ticket is taken; others are free. */
  public static final String GRANT_TICKET = "grant.ticketTaken";

  /** The grant has been used as often in its window as it may be. */
  public static final String GRANT_FREQUENCY = "grant.frequency";

  /** The grant's privacy budget does not suffice, or the proposal does not say what it spends. */
  public static final String GRANT_BUDGET = "grant.budget";

  /** The owner has revoked the grant. */
  public static final String GRANT_REVOKED = "grant.revoked";

  /** The grant's window has passed. */
  public static final String GRANT_EXPIRED = "grant.expired";

  /** The grant's window has not begun. */
  public static final String GRANT_NOT_YET = "grant.notYet";

  /** The grant does not allow the operation on the column. */
  public static final String GRANT_COLUMN = "grant.column";

  /** A group is smaller than its owner answers about; rows matched one by one are no group. */
  public static final String GROUP_TOO_SMALL = "group.tooSmall";

  /** The space's policy for a grade forbids it. */
  public static final String POLICY_GRADE = "policy.grade";

  /** The grant is for another purpose. */
  public static final String GRANT_PURPOSE = "grant.purpose";

  /** The grant is for other recipients. */
  public static final String GRANT_RECIPIENT = "grant.recipient";

  /** A grant stands in somebody's name who did not sign it. */
  public static final String GRANT_SIGNATURE = "grant.signature";

  /** No node answers. */
  public static final String UNREACHABLE = "ledger.unreachable";

  /** No answer within the deadline; nothing was submitted. */
  public static final String TIMEOUT = "ledger.timeout";

  /** Others were faster on the same records, again and again. */
  public static final String CONFLICT = "ledger.conflict";

  /** The transaction may have been committed or not: look the record up before trying again. */
  public static final String UNKNOWN_OUTCOME = "ledger.unknownOutcome";

  /** The ledger invalidated the transaction or failed; the message says why. */
  public static final String FAILED = "ledger.failed";

  private LedgerCodes() {}
}
