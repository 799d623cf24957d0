import { iamDocumentValid } from "../../../../policies/iam/checks/iam-document-valid.ts";
import { about, allow } from "../about.ts";

about(iamDocumentValid, {
  speaks: [["a misspelt element", [{ ...allow("s3:GetObject", "arn:aws:s3:::a/*"), Conditions: {} }]]],
  accepts: [["single values", [allow("s3:GetObject", "arn:aws:s3:::a/*")]]],
});
