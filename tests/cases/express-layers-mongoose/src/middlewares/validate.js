const Joi = require('joi')
const ApiError = require('../utils/ApiError')

/** Checks the parts of a request that a schema names, and leaves them converted. */
const validate = schema => (req, res, next) => {
  const { body, params, query } = req
  const parts = Object.fromEntries(
    Object.entries({ body, params, query }).filter(([part]) => schema[part])
  )
  const { value, error } = Joi.compile(schema)
    .prefs({ errors: { label: 'key' }, abortEarly: false, stripUnknown: true })
    .validate(parts)
  if (error) {
    const details = error.details.map(({ path, message }) => ({
      field: path.slice(1).join('.'),
      message,
    }))
    return next(new ApiError(400, 'Validation failed', details))
  }
  Object.assign(req, value)
  next()
}

module.exports = validate
