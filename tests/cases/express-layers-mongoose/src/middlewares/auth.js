const passport = require('passport')
const ApiError = require('../utils/ApiError')
const { rights } = require('../config/roles')

/** Lets only users pass who have all the rights. */
const auth =
  (...required) =>
  (req, res, next) => {
    const done = (error, user) => {
      if (error || !user) {
        return next(new ApiError(401, 'Please authenticate'))
      }
      if (!required.every(right => rights[user.role].includes(right))) {
        return next(new ApiError(403, 'Forbidden'))
      }
      req.user = user
      next()
    }
    passport.authenticate('jwt', { session: false }, done)(req, res, next)
  }

module.exports = auth
