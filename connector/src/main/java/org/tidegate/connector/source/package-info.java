/** The owner's own data: files through DuckDB, checked when published, read when a job runs. */
@NullMarked
package org.tidegate.connector.source;

import org.jspecify.annotations.NullMarked;
