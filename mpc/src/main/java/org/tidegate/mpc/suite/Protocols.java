package org.tidegate.mpc.suite;

import org.tidegate.mpc.psi.ecdh.EcdhPsiParameters;
import org.tidegate.mpc.psi.rr22.Rr22Parameters;
import org.tidegate.mpc.psi.sum.IntersectionSumParameters;

/** The protocols there are. */
public final class Protocols {
  /** The name of the intersection-sum. */
  public static final String INTERSECTION_SUM = "intersection-sum.ddh-paillier";

  /** The name of set intersection by Diffie-Hellman. */
  public static final String ECDH_PSI = "psi.ecdh";

  /** The name of set intersection by a key-value store and linear evaluation. */
  public static final String RR22_PSI = "psi.rr22";

  private Protocols() {}

  /** The intersection-sum with these parameters: roles {@code matcher}, {@code valueOwner}. */
  public static ProtocolDescriptor intersectionSum(IntersectionSumParameters parameters) {
    return IntersectionSumDescription.describe(parameters);
  }

  /** What an intersection-sum of so many rows costs. */
  public static Cost cost(IntersectionSumParameters parameters, long matcherRows, long ownerRows) {
    return IntersectionSumDescription.cost(parameters, matcherRows, ownerRows);
  }

  /** Set intersection with these parameters: roles {@code sender}, {@code receiver}. */
  public static ProtocolDescriptor ecdhPsi(EcdhPsiParameters parameters) {
    return EcdhPsiDescription.describe(parameters);
  }

  /** What a set intersection of so many rows costs. */
  public static Cost cost(EcdhPsiParameters parameters, long senderRows, long receiverRows) {
    return EcdhPsiDescription.cost(parameters, senderRows, receiverRows);
  }

  /** Set intersection with these parameters: roles {@code sender}, {@code receiver}. */
  public static ProtocolDescriptor rr22Psi(Rr22Parameters parameters) {
    return Rr22Description.describe(parameters);
  }

  /** What a set intersection of so many rows costs. */
  public static Cost cost(Rr22Parameters parameters, long senderRows, long receiverRows) {
    return Rr22Description.cost(parameters, senderRows, receiverRows);
  }
}
