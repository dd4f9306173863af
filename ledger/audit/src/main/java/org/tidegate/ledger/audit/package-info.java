@NullMarked
package org.tidegate.ledger.audit;

import org.jspecify.annotations.NullMarked;
