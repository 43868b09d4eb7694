import type { ErrorRequestHandler, RequestHandler } from 'express';
import { isHttpError } from 'http-errors';
import { ZodError } from 'zod';
import { AppError } from '../lib/errors.js';

export const notFound: RequestHandler = (req) => {
  throw new AppError(404, `There is no ${req.method} ${req.path}`);
};

/** Tells clients what is theirs to know, and logs the rest. */
export const errorHandler: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  if (error instanceof ZodError) {
    const details = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    res.status(422).json({ error: { message: 'Validation failed', details } });
    return;
  }
  if (error instanceof AppError) {
    const { message, details } = error;
    res.status(error.status).json({ error: { message, details } });
    return;
  }
  if (isHttpError(error) && error.expose) {
    res.status(error.status).json({ error: { message: 'Bad request', details: [] } });
    return;
  }
  console.error(error);
  res.status(500).json({ error: { message: 'Internal server error', details: [] } });
};
