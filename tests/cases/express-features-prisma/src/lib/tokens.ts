import { jwtVerify, SignJWT } from 'jose';
import { config } from '../config.js';

const key = new TextEncoder().encode(config.JWT_SECRET);
const issuer = 'fieldwork';

export function signToken(userId: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuer(issuer)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(key);
}

/** Returns the id of the user whom a token was made for. */
export async function verifyToken(token: string): Promise<string> {
  const { payload } = await jwtVerify(token, key, { issuer, algorithms: ['HS256'] });
  if (!payload.sub) {
    throw new Error('The token has no subject');
  }
  return payload.sub;
}
