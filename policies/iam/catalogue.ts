import type { Check } from "./check.ts";
import { iamConditionSanity } from "./checks/iam-condition-sanity.ts";
import { iamCredentialsExposure } from "./checks/iam-credentials-exposure.ts";
import { iamDataAccessScope } from "./checks/iam-data-access-scope.ts";
import { iamDocumentValid } from "./checks/iam-document-valid.ts";
import { iamManagedPolicy } from "./checks/iam-managed-policy.ts";
import { iamNoAdmin } from "./checks/iam-no-admin.ts";
import { iamNotActionNotResourceAllow } from "./checks/iam-notaction-notresource-allow.ts";
import { iamPassRoleExact } from "./checks/iam-passrole-exact.ts";
import { iamPermissionsManagement } from "./checks/iam-permissions-management.ts";
import { iamPrivilegeEscalation } from "./checks/iam-privilege-escalation.ts";
import { iamResourceScope } from "./checks/iam-resource-scope.ts";
import { iamServiceWildcard } from "./checks/iam-service-wildcard.ts";
import { resourcePolicyPublic } from "./checks/resource-policy-public.ts";
import { trustActionExact } from "./checks/trust-action-exact.ts";
import { trustAccountRoot } from "./checks/trust-account-root.ts";
import { trustConfusedDeputy } from "./checks/trust-confused-deputy.ts";
import { trustFederatedSubject } from "./checks/trust-federated-subject.ts";
import { trustNoPublic } from "./checks/trust-no-public.ts";
import { trustOidcGithub } from "./checks/trust-oidc-github.ts";

/** Every check of documents, the most telling first. */
export const checks: readonly Check[] = [
  iamDocumentValid,
  iamNoAdmin,
  iamPrivilegeEscalation,
  iamPassRoleExact,
  iamPermissionsManagement,
  iamDataAccessScope,
  iamServiceWildcard,
  iamNotActionNotResourceAllow,
  iamResourceScope,
  iamConditionSanity,
  iamManagedPolicy,
  iamCredentialsExposure,
  trustNoPublic,
  trustActionExact,
  trustAccountRoot,
  trustOidcGithub,
  trustFederatedSubject,
  trustConfusedDeputy,
  resourcePolicyPublic,
];
