import { iamDocumentValid } from "../../../../policies/iam/checks/iam-document-valid.ts";
import { about, allow, deny } from "../about.ts";

about(iamDocumentValid, {
  speaks: [
    ["a misspelt element", [{ ...allow("s3:GetObject", "arn:aws:s3:::a/*"), Conditions: {} }]],
    ["an Allow without Resource", [allow("s3:GetObject", undefined)]],
  ],
  accepts: [
    ["single values", [allow("s3:GetObject", "arn:aws:s3:::a/*")]],
    ["a Deny without Resource, which gives nothing", [deny("s3:GetObject", undefined)]],
  ],
});
