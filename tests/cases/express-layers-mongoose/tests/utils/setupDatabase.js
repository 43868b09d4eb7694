const mongoose = require('mongoose')
const config = require('../../src/config')

/** Connects to a database for tests, and empties it before each. */
const setupDatabase = () => {
  beforeAll(async () => {
    await mongoose.connect(config.mongo.url, { dbName: 'allotment_test' })
    await Promise.all(Object.values(mongoose.models).map(model => model.init()))
  })

  beforeEach(async () => {
    await Promise.all(Object.values(mongoose.models).map(model => model.deleteMany()))
  })

  afterAll(() => mongoose.disconnect())
}

module.exports = setupDatabase
