@NullMarked
package org.tidegate.examples;

import org.jspecify.annotations.NullMarked;
