package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.OkvsParameters;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.Knob;
import org.tidegate.mpc.security.KnobClass;
import org.tidegate.mpc.security.SecurityLevel;
import org.tidegate.mpc.vole.VoleParameters;

/**
 * What both parties agree on before they evaluate the function.
 *
 * @param security κ and λ
 * @param adversary against whom
 * @param code the code under the linear evaluation
 * @param field over which the store is linear; the smaller one takes half the bytes on the wire and
 *     is for semi-honest parties
 */
public record VoleOprfParameters(
    @Knob(KnobClass.SECURITY) SecurityLevel security,
    @Knob(KnobClass.SECURITY) Adversary adversary,
    @Knob(KnobClass.AGREED) LpnCode code,
    @Knob(KnobClass.AGREED) StoreField field) {
  /** Checks that they go together. */
  public VoleOprfParameters {
    if (field == StoreField.GF2 && adversary == Adversary.MALICIOUS) {
      throw new IllegalArgumentException(
          "a store with short values is for semi-honest parties: a malicious receiver could fit one"
              + " to more keys than it has slots");
    }
  }

  /** The parameters of the linear evaluation beneath. */
  public VoleParameters vole() {
    return new VoleParameters(security, adversary, code, field.valueBits());
  }

  /**
   * The shape of the receiver's store.
   *
   * @param keys of the receiver, at least 1
   */
  public OkvsParameters store(int keys) {
    return OkvsParameters.of(keys, security.statisticalBits(), field);
  }

  /** What both parties must have in common: 32 bytes. */
  public byte[] digest() {
    return new DomainHash("tidegate.oprf.vole.parameters/2")
        .number(security.computationalBits())
        .number(security.statisticalBits())
        .text(adversary.text())
        .text(field.name())
        .bytes(vole().digest())
        .finish();
  }
}
