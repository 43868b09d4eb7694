import { z } from 'zod';

const environment = z.object({
  DATABASE_URL: z.string().min(1),
  JWT_SECRET: z.string().min(32),
  PORT: z.coerce.number().int().default(3000),
});

export const config = environment.parse(process.env);
