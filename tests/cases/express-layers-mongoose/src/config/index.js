const Joi = require('joi')

const variables = Joi.object({
  PORT: Joi.number().default(3000),
  MONGODB_URL: Joi.string().required(),
  JWT_SECRET: Joi.string().min(32).required(),
}).unknown()

const { value, error } = variables.validate(process.env)
if (error) {
  throw new Error(`The settings are wrong: ${error.message}`)
}

module.exports = {
  port: value.PORT,
  mongo: { url: value.MONGODB_URL },
  jwt: { secret: value.JWT_SECRET, issuer: 'allotment', expiresIn: '1h' },
}
