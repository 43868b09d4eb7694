import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { app, resetDatabase } from './helpers.js';

const credentials = { email: 'ada@example.com', password: 'a long password' };

beforeEach(resetDatabase);

describe('auth', () => {
  it('registers a user once', async () => {
    await request(app).post('/api/v1/auth/register').send(credentials).expect(201);
    await request(app).post('/api/v1/auth/register').send(credentials).expect(409);
  });

  it('gives a token for the right password only', async () => {
    await request(app).post('/api/v1/auth/register').send(credentials);

    const response = await request(app).post('/api/v1/auth/login').send(credentials).expect(200);
    expect(response.body).toEqual({ token: expect.any(String) as string });

    const wrong = { ...credentials, password: 'another password' };
    await request(app).post('/api/v1/auth/login').send(wrong).expect(401);
  });
});
