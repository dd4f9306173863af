/**
 * What stands on the ledger, as types with validated construction, and their canonical bytes.
 *
 * <p>Everything that is signed or digested is {@linkplain CanonicalJson canonical JSON}. Every
 * record names its type and version in a {@code type} field, so bytes signed as one kind of record
 * never verify as another. No dependencies: a contract jar or an auditor's tool carries this
 * package and nothing behind it.
 */
@NullMarked
package org.tidegate.ledger.records;

import org.jspecify.annotations.NullMarked;
