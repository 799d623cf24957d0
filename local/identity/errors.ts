/** A refusal in Cognito's words: the `__type` an SDK turns into an exception class, and the message. */
export class ServiceError extends Error {
  readonly type: string;
  /** HTTP status; Cognito answers 400 to nearly everything. */
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export const notAuthorized = (message: string) => new ServiceError("NotAuthorizedException", message);
export const invalidParameter = (message: string) => new ServiceError("InvalidParameterException", message);
export const notFound = (message: string) => new ServiceError("ResourceNotFoundException", message);
export const userNotFound = (message = "User does not exist.") => new ServiceError("UserNotFoundException", message);
export const codeMismatch = (message = "Invalid verification code provided, please try again.") =>
  new ServiceError("CodeMismatchException", message);
export const expiredCode = () =>
  new ServiceError("ExpiredCodeException", "Invalid code provided, please request a code again.");
export const tooManyAttempts = () =>
  new ServiceError("LimitExceededException", "Attempt limit exceeded, please try after some time.");

/** What Cognito says to a wrong password, and to an unknown user when the client prevents existence errors. */
export const wrongCredentials = () => notAuthorized("Incorrect username or password.");
