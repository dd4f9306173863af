/** Measures the ledger as nodes use it. */
@NullMarked
package org.tidegate.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
