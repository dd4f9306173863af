/**
 * Block ciphers over many blocks: SM4 (GB/T 32907-2016, GM/T 0002-2012; in English
 * draft-ribose-cfrg-sm4-10). AES comes from the JDK, whose code is as fast as the processor.
 */
@NullMarked
package org.tidegate.mpc.cipher;

import org.jspecify.annotations.NullMarked;
