import { createApp } from '../src/app.js';
import { prisma } from '../src/lib/prisma.js';
import { signToken } from '../src/lib/tokens.js';

export const app = createApp();

/** Empties the database. */
export async function resetDatabase(): Promise<void> {
  await prisma.user.deleteMany();
}

/** Makes a user, and returns the headers of their requests. */
export async function signIn(email = 'someone@example.com'): Promise<{ Authorization: string }> {
  const user = await prisma.user.create({ data: { email, passwordHash: 'not a hash' } });
  return { Authorization: `Bearer ${await signToken(user.id)}` };
}
