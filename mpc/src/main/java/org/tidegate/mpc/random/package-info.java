/**
 * Floor 3: randomness from seeds that are passed in. Secret and public randomness are unrelated
 * types, so that neither can stand in for the other.
 */
@NullMarked
package org.tidegate.mpc.random;

import org.jspecify.annotations.NullMarked;
