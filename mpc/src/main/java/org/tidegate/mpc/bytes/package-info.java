/** Floor 1: columns of bytes and integers, big-endian codecs, secrets, constant-time comparison. */
@NullMarked
package org.tidegate.mpc.bytes;

import org.jspecify.annotations.NullMarked;
