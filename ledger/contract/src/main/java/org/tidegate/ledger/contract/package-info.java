@NullMarked
package org.tidegate.ledger.contract;

import org.jspecify.annotations.NullMarked;
