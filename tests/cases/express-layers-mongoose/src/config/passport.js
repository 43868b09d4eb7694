const { ExtractJwt, Strategy } = require('passport-jwt')
const config = require('.')
const { User } = require('../models')

const options = {
  secretOrKey: config.jwt.secret,
  issuer: config.jwt.issuer,
  algorithms: ['HS256'],
  jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
}

const jwtStrategy = new Strategy(options, async (payload, done) => {
  try {
    const user = await User.findById(payload.sub)
    done(null, user || false)
  } catch (error) {
    done(error, false)
  }
})

module.exports = { jwtStrategy }
