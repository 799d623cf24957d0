import type { Place } from "../names.ts";
import type { Statement } from "./document.ts";

/**
 * Lets the account's own IAM policies decide about a key; without it nobody could manage the key, not even delete it. In a
 * key's policy `*` means this key.
 */
export const keyAdministration = ({ partition, accountId }: Place): Statement => ({
  sid: "AdministerByAccount",
  principals: { AWS: `arn:${partition}:iam::${accountId}:root` },
  actions: administration.map((action) => `kms:${action}`),
  resources: ["*"],
});

const administration = [
  ...[
    "DescribeKey",
    "GetKeyPolicy",
    "PutKeyPolicy",
    "ListKeyPolicies",
    "ListResourceTags",
    "TagResource",
    "UntagResource",
  ],
  ...[
    "EnableKey",
    "DisableKey",
    "EnableKeyRotation",
    "DisableKeyRotation",
    "GetKeyRotationStatus",
    "UpdateKeyDescription",
  ],
  ...["CreateAlias", "UpdateAlias", "DeleteAlias", "ListAliases", "ScheduleKeyDeletion", "CancelKeyDeletion"],
  ...["Decrypt", "GenerateDataKey"],
];
