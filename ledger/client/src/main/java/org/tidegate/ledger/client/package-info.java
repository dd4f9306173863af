@NullMarked
package org.tidegate.ledger.client;

import org.jspecify.annotations.NullMarked;
