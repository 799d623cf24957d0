import type { Rule } from "./rule.ts";
import { rule as codeconnectionsConnectionLimitUse } from "./rules/codeconnections/connection-limit-use.ts";
import { rule as componentContract } from "./rules/component/contract.ts";
import { rule as iamBlastRadius } from "./rules/iam/blast-radius.ts";
import { rule as iamBoundaryRequired } from "./rules/iam/boundary-required.ts";
import { rule as iamConditionSanity } from "./rules/iam/condition-sanity.ts";
import { rule as iamCredentialsExposure } from "./rules/iam/credentials-exposure.ts";
import { rule as iamDataAccessScope } from "./rules/iam/data-access-scope.ts";
import { rule as iamDocumentKnownAtPreview } from "./rules/iam/document-known-at-preview.ts";
import { rule as iamDocumentValid } from "./rules/iam/document-valid.ts";
import { rule as iamManagedPolicy } from "./rules/iam/managed-policy.ts";
import { rule as iamMissingPermission } from "./rules/iam/missing-permission.ts";
import { rule as iamNoAdmin } from "./rules/iam/no-admin.ts";
import { rule as iamNoManagementConflict } from "./rules/iam/no-management-conflict.ts";
import { rule as iamNoNewAccess } from "./rules/iam/no-new-access.ts";
import { rule as iamNoUsersKeys } from "./rules/iam/no-users-keys.ts";
import { rule as iamNotactionNotresourceAllow } from "./rules/iam/notaction-notresource-allow.ts";
import { rule as iamPassroleExact } from "./rules/iam/passrole-exact.ts";
import { rule as iamPermissionsManagement } from "./rules/iam/permissions-management.ts";
import { rule as iamPrivilegeEscalation } from "./rules/iam/privilege-escalation.ts";
import { rule as iamProof } from "./rules/iam/proof.ts";
import { rule as iamResourceScope } from "./rules/iam/resource-scope.ts";
import { rule as iamRoleSeparation } from "./rules/iam/role-separation.ts";
import { rule as iamServiceWildcard } from "./rules/iam/service-wildcard.ts";
import { rule as iamStackEscalationGraph } from "./rules/iam/stack-escalation-graph.ts";
import { rule as iamUnusedPermission } from "./rules/iam/unused-permission.ts";
import { rule as passroleClosure } from "./rules/passrole/closure.ts";
import { rule as resourcePolicyPublic } from "./rules/resource/policy-public.ts";
import { rule as trustAccountRoot } from "./rules/trust/account-root.ts";
import { rule as trustActionExact } from "./rules/trust/action-exact.ts";
import { rule as trustConfusedDeputy } from "./rules/trust/confused-deputy.ts";
import { rule as trustFederatedSubject } from "./rules/trust/federated-subject.ts";
import { rule as trustMatchesUse } from "./rules/trust/matches-use.ts";
import { rule as trustNoPublic } from "./rules/trust/no-public.ts";
import { rule as trustOidcGithub } from "./rules/trust/oidc-github.ts";

/** The rules over permissions: who may do what, who may become whom, who may use what. */
export const permissionRules: readonly Rule[] = [
  codeconnectionsConnectionLimitUse,
  componentContract,
  iamBlastRadius,
  iamBoundaryRequired,
  iamConditionSanity,
  iamCredentialsExposure,
  iamDataAccessScope,
  iamDocumentKnownAtPreview,
  iamDocumentValid,
  iamManagedPolicy,
  iamMissingPermission,
  iamNoAdmin,
  iamNoManagementConflict,
  iamNoNewAccess,
  iamNoUsersKeys,
  iamNotactionNotresourceAllow,
  iamPassroleExact,
  iamPermissionsManagement,
  iamPrivilegeEscalation,
  iamProof,
  iamResourceScope,
  iamRoleSeparation,
  iamServiceWildcard,
  iamStackEscalationGraph,
  iamUnusedPermission,
  passroleClosure,
  resourcePolicyPublic,
  trustAccountRoot,
  trustActionExact,
  trustConfusedDeputy,
  trustFederatedSubject,
  trustMatchesUse,
  trustNoPublic,
  trustOidcGithub,
];
