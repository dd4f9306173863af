package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.OkvsParameters;
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
 */
public record VoleOprfParameters(
    @Knob(KnobClass.SECURITY) SecurityLevel security,
    @Knob(KnobClass.SECURITY) Adversary adversary,
    @Knob(KnobClass.AGREED) LpnCode code) {

  /** The parameters of the linear evaluation beneath. */
  public VoleParameters vole() {
    return new VoleParameters(security, adversary, code, VoleParameters.ELEMENT_BITS);
  }

  /**
   * The shape of the receiver's store.
   *
   * @param keys of the receiver, at least 1
   */
  public OkvsParameters store(int keys) {
    return OkvsParameters.of(keys, security.statisticalBits());
  }

  /** What both parties must have in common: 32 bytes. */
  public byte[] digest() {
    return new DomainHash("tidegate.oprf.vole.parameters/1")
        .number(security.computationalBits())
        .number(security.statisticalBits())
        .text(adversary.text())
        .bytes(vole().digest())
        .finish();
  }
}
