/** Seeded, realistic data of three institutions; the same seed makes the same files. */
@NullMarked
package org.tidegate.examples.data;

import org.jspecify.annotations.NullMarked;
