/**
 * The contract: what may be written to a space's ledger, by whom, and when. One class, {@link
 * TidegateContract}, runs in the embedded peer, as Fabric chaincode, and again in the audit, which
 * re-executes every transaction.
 *
 * <p>State keys, all simple keys (identifiers contain no {@code ~}): {@code space}, {@code
 * gradePolicy}, {@code participant~NAME}, {@code product~OWNER~NAME}, {@code grant~OWNER~ID},
 * {@code ticket~OWNER~GRANT~0000001}, {@code slot~OWNER~GRANT~0000001}, {@code
 * slice~OWNER~GRANT~0000001}, {@code job~HEX}, {@code receipt~HEX~PARTICIPANT}, {@code end~HEX},
 * {@code dispute~HEX~ID}, {@code request~OWNER~ID}, {@code rating~OWNER~PRODUCT~HEX~BY}.
 *
 * <p>Use counts without a hot counter: a grant with count N has the tickets 1..N, and a reservation
 * takes a named one of each grant it needs, so two reservations conflict only where they name the
 * same ticket, and taking more than N is impossible whatever the order of transactions.
 *
 * <p>Deterministic: the only time is the transaction's, the only state the ledger's. What a refusal
 * reads does not matter, as a refused call never becomes a transaction.
 */
@NullMarked
package org.tidegate.ledger.contract;

import org.jspecify.annotations.NullMarked;
