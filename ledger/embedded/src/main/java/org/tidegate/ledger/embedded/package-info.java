@NullMarked
package org.tidegate.ledger.embedded;

import org.jspecify.annotations.NullMarked;
