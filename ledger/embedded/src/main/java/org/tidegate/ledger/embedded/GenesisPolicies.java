package org.tidegate.ledger.embedded;

import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** The two shapes of policy that block 0 has. */
final class GenesisPolicies {
  private GenesisPolicies() {}

  /** Any of the groups below satisfies its policy of that name. */
  static ConfigPolicy anyOf(String policy) {
    return implicit(ImplicitMetaPolicy.Rule.ANY, policy);
  }

  /** More than half of the groups below satisfy their policy of that name. */
  static ConfigPolicy majorityOf(String policy) {
    return implicit(ImplicitMetaPolicy.Rule.MAJORITY, policy);
  }

  private static ConfigPolicy implicit(ImplicitMetaPolicy.Rule rule, String policy) {
    return policy(
        Policy.PolicyType.IMPLICIT_META,
        ImplicitMetaPolicy.newBuilder().setRule(rule).setSubPolicy(policy).build().toByteString());
  }

  /** One signature of an organisation's identity in that role. */
  static ConfigPolicy role(String organisation, MSPRole.MSPRoleType role) {
    SignaturePolicyEnvelope rule =
        SignaturePolicyEnvelope.newBuilder()
            .addIdentities(
                MSPPrincipal.newBuilder()
                    .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                    .setPrincipal(
                        MSPRole.newBuilder()
                            .setMspIdentifier(organisation)
                            .setRole(role)
                            .build()
                            .toByteString()))
            .setRule(
                SignaturePolicy.newBuilder()
                    .setNOutOf(
                        SignaturePolicy.NOutOf.newBuilder()
                            .setN(1)
                            .addRules(SignaturePolicy.newBuilder().setSignedBy(0))))
            .build();
    return policy(Policy.PolicyType.SIGNATURE, rule.toByteString());
  }

  private static ConfigPolicy policy(Policy.PolicyType type, com.google.protobuf.ByteString value) {
    return ConfigPolicy.newBuilder()
        .setPolicy(Policy.newBuilder().setType(type.getNumber()).setValue(value))
        .setModPolicy("Admins")
        .build();
  }
}
