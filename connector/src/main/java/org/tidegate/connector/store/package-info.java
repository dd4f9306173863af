/**
 * A node's state in one database: an embedded file, or PostgreSQL. Schema by Flyway, access by
 * JDBI, the same statements on both. The engine was chosen by a kill test; see {@code
 * docs/decisions}.
 */
@NullMarked
package org.tidegate.connector.store;

import org.jspecify.annotations.NullMarked;
