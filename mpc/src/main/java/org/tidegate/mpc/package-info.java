@NullMarked
package org.tidegate.mpc;

import org.jspecify.annotations.NullMarked;
