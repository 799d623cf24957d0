import type { Pools } from "../pool.ts";
import * as account from "./account.ts";
import * as admin from "./admin.ts";
import * as describe from "./describe.ts";
import type { Input } from "./input.ts";
import * as mfa from "./mfa.ts";
import * as recovery from "./recovery.ts";
import * as refresh from "./refresh.ts";
import * as respond from "./respond.ts";
import * as signIn from "./sign-in.ts";
import * as signUp from "./sign-up.ts";

type Operation = (pools: Pools, input: Input) => object | Promise<object>;

/** What anyone may call: these prove themselves by client, password, code or token. */
export const publicOperations: Record<string, Operation> = {
  SignUp: signUp.signUp,
  ConfirmSignUp: signUp.confirmSignUp,
  ResendConfirmationCode: signUp.resendConfirmationCode,
  InitiateAuth: signIn.initiateAuth,
  RespondToAuthChallenge: respond.respondToAuthChallenge,
  GetTokensFromRefreshToken: refresh.getTokensFromRefreshToken,
  RevokeToken: refresh.revokeToken,
  ForgotPassword: recovery.forgotPassword,
  ConfirmForgotPassword: recovery.confirmForgotPassword,
  ChangePassword: recovery.changePassword,
  GetUser: account.getUser,
  UpdateUserAttributes: account.updateUserAttributes,
  GetUserAttributeVerificationCode: account.getUserAttributeVerificationCode,
  VerifyUserAttribute: account.verifyUserAttribute,
  DeleteUser: account.deleteUser,
  GlobalSignOut: account.globalSignOut,
  AssociateSoftwareToken: mfa.associateSoftwareToken,
  VerifySoftwareToken: mfa.verifySoftwareToken,
  SetUserMFAPreference: mfa.setUserMfaPreference,
};

/** What AWS allows by IAM: the request has to be signed, by whatever key. */
export const adminOperations: Record<string, Operation> = {
  AdminCreateUser: admin.adminCreateUser,
  AdminSetUserPassword: admin.adminSetUserPassword,
  AdminGetUser: admin.adminGetUser,
  AdminConfirmSignUp: admin.adminConfirmSignUp,
  AdminUpdateUserAttributes: admin.adminUpdateUserAttributes,
  AdminDeleteUser: admin.adminDeleteUser,
  AdminEnableUser: admin.adminEnableUser,
  AdminDisableUser: admin.adminDisableUser,
  AdminResetUserPassword: admin.adminResetUserPassword,
  AdminUserGlobalSignOut: admin.adminUserGlobalSignOut,
  AdminInitiateAuth: signIn.adminInitiateAuth,
  AdminRespondToAuthChallenge: respond.adminRespondToAuthChallenge,
  DescribeUserPool: describe.describeUserPool,
  DescribeUserPoolClient: describe.describeUserPoolClient,
  ListUserPools: describe.listUserPools,
  ListUserPoolClients: describe.listUserPoolClients,
  ListUsers: describe.listUsers,
};
