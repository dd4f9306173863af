/**
 * Who is who: the space authority, a participant's own authority and keys, the files they pass to
 * each other, and the check that a certificate is the participant and the role it claims.
 *
 * <p>Every participant is its own certificate authority, so neither another participant nor the
 * space authority can issue an identity of it. The space authority only signs the list of those
 * authorities ({@link org.tidegate.connector.identity.SpaceDescriptor}). All keys are ECDSA on
 * P-256; all signatures are low-S DER over SHA-256, as Hyperledger Fabric asks. What is signed is
 * canonical JSON, and what was signed is what is kept.
 *
 * <p>Private keys are PKCS#8 PEM files of mode 0600 in directories of mode 0700, written to a
 * temporary file, synced and renamed, so that a crash leaves either the old file or the new one.
 */
@NullMarked
package org.tidegate.connector.identity;

import org.jspecify.annotations.NullMarked;
