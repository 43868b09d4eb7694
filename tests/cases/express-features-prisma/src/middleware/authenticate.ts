import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../lib/errors.js';
import { verifyToken } from '../lib/tokens.js';

declare module 'express-serve-static-core' {
  interface Request {
    userId: string;
  }
}

/** Lets only requests with a valid bearer token pass. */
export async function authenticate(
  req: Request,
  _res: Response,
  next: NextFunction,
): Promise<void> {
  const [scheme, token] = (req.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) {
    throw new AppError(401, 'Authentication is required');
  }
  try {
    req.userId = await verifyToken(token);
  } catch {
    throw new AppError(401, 'The token is not valid');
  }
  next();
}
