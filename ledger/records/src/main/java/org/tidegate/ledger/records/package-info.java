@NullMarked
package org.tidegate.ledger.records;

import org.jspecify.annotations.NullMarked;
