const request = require('supertest')
const app = require('../../src/app')
const { bearer, gardener, insertUsers, neighbour } = require('../fixtures/user.fixture')
const setupDatabase = require('../utils/setupDatabase')

setupDatabase()

describe('plots', () => {
  beforeEach(async () => {
    await insertUsers()
  })

  const create = async number => {
    const response = await request(app)
      .post('/v1/plots')
      .set('Authorization', bearer(gardener))
      .send({ number, crop: 'beans' })
      .expect(201)
    return response.body.data
  }

  test('are created, changed and deleted', async () => {
    const { id } = await create(7)
    const signed = bearer(gardener)

    const changed = await request(app)
      .patch(`/v1/plots/${id}`)
      .set('Authorization', signed)
      .send({ crop: 'peas' })
      .expect(200)
    expect(changed.body.data).toMatchObject({ id, number: 7, crop: 'peas' })

    await request(app).delete(`/v1/plots/${id}`).set('Authorization', signed).expect(200)
    await request(app).get(`/v1/plots/${id}`).set('Authorization', signed).expect(404)
  })

  test('have numbers of their own', async () => {
    await create(7)
    await request(app)
      .post('/v1/plots')
      .set('Authorization', bearer(neighbour))
      .send({ number: 7, crop: 'leeks' })
      .expect(409)
  })

  test('belong to whoever made them', async () => {
    const { id } = await create(7)
    await request(app)
      .get(`/v1/plots/${id}`)
      .set('Authorization', bearer(neighbour))
      .expect(404)
    await request(app).get(`/v1/plots/${id}`).expect(401)
  })
})
