const Joi = require('joi')

const credentials = {
  body: Joi.object({
    email: Joi.string().email().required(),
    password: Joi.string().min(10).max(72).required(),
  }),
}

module.exports = { login: credentials, register: credentials }
