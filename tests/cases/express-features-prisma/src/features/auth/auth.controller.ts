import type { Request, Response } from 'express';
import { credentialsSchema } from './auth.schemas.js';
import * as authService from './auth.service.js';

export async function register(req: Request, res: Response): Promise<void> {
  const token = await authService.register(credentialsSchema.parse(req.body));
  res.status(201).json({ token });
}

export async function login(req: Request, res: Response): Promise<void> {
  const token = await authService.login(credentialsSchema.parse(req.body));
  res.json({ token });
}
