const mongoose = require('mongoose')
const app = require('./app')
const config = require('./config')

const start = async () => {
  await mongoose.connect(config.mongo.url)
  await Promise.all(Object.values(mongoose.models).map(model => model.init()))
  app.listen(config.port, () => console.log(`Listening on port ${config.port}`))
}

start()
