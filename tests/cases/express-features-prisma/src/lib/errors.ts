export interface ErrorDetail {
  path: string;
  message: string;
}

/** An error that its caller is told about. */
export class AppError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: ErrorDetail[] = [],
  ) {
    super(message);
  }
}

export class NotFoundError extends AppError {
  constructor(message = 'Not found') {
    super(404, message);
  }
}

export class ConflictError extends AppError {
  constructor(message: string) {
    super(409, message);
  }
}

export class ValidationError extends AppError {
  constructor(details: ErrorDetail[]) {
    super(422, 'Validation failed', details);
  }
}
