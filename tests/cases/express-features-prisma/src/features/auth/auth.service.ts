import { Prisma } from '../../generated/prisma/client.js';
import { AppError, ConflictError } from '../../lib/errors.js';
import { hashPassword, verifyPassword } from '../../lib/passwords.js';
import { prisma } from '../../lib/prisma.js';
import { signToken } from '../../lib/tokens.js';
import type { Credentials } from './auth.schemas.js';

export async function register({ email, password }: Credentials): Promise<string> {
  const passwordHash = await hashPassword(password);
  try {
    const user = await prisma.user.create({ data: { email, passwordHash } });
    return await signToken(user.id);
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new ConflictError('This email is registered already');
    }
    throw error;
  }
}

export async function login({ email, password }: Credentials): Promise<string> {
  const user = await prisma.user.findUnique({ where: { email } });
  if (!user || !(await verifyPassword(user.passwordHash, password))) {
    throw new AppError(401, 'Email or password is wrong');
  }
  return signToken(user.id);
}
