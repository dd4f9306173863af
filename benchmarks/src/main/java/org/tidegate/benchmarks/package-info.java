@NullMarked
package org.tidegate.benchmarks;

import org.jspecify.annotations.NullMarked;
