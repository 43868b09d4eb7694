const request = require('supertest')
const app = require('../../src/app')
const setupDatabase = require('../utils/setupDatabase')

setupDatabase()

const credentials = { email: 'ada@example.com', password: 'a long password' }

describe('auth', () => {
  test('registers once', async () => {
    await request(app).post('/v1/auth/register').send(credentials).expect(201)
    await request(app).post('/v1/auth/register').send(credentials).expect(409)
  })

  test('gives a token for the right password', async () => {
    await request(app).post('/v1/auth/register').send(credentials)
    await request(app).post('/v1/auth/login').send(credentials).expect(200)
    const wrong = { ...credentials, password: 'another password' }
    await request(app).post('/v1/auth/login').send(wrong).expect(401)
  })
})
