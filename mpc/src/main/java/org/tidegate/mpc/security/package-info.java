/** Floor 1: security levels, and who may choose which parameter. */
@NullMarked
package org.tidegate.mpc.security;

import org.jspecify.annotations.NullMarked;
