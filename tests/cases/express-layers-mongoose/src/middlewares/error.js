const ApiError = require('../utils/ApiError')

const notFound = (req, res, next) => {
  next(new ApiError(404, 'Not found'))
}

const errorHandler = (error, req, res, next) => {
  const known = error instanceof ApiError || (error.expose && error.status)
  if (!known) {
    console.error(error)
  }
  const status = known ? error.status : 500
  const message =
    error instanceof ApiError ? error.message : known ? 'Bad request' : 'Failed'
  res.status(status).send({ status: 'error', message, details: error.details || [] })
}

module.exports = { errorHandler, notFound }
