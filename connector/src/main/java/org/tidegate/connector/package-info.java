@NullMarked
package org.tidegate.connector;

import org.jspecify.annotations.NullMarked;
