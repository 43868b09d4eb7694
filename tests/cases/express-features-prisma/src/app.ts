import express, { type Express } from 'express';
import helmet from 'helmet';
import { authRouter } from './features/auth/auth.routes.js';
import { projectRouter } from './features/projects/project.routes.js';
import { errorHandler, notFound } from './middleware/error-handler.js';

export function createApp(): Express {
  const app = express();

  app.use(helmet());
  app.use(express.json());

  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });

  app.use('/api/v1/auth', authRouter);
  app.use('/api/v1/projects', projectRouter);

  app.use(notFound);
  app.use(errorHandler);

  return app;
}
