const bcrypt = require('bcryptjs')
const jwt = require('jsonwebtoken')
const config = require('../config')
const { User } = require('../models')
const ApiError = require('../utils/ApiError')
const { hashSecret } = require('../utils/hashSecret')

const tokenOf = userId => {
  const { secret, issuer, expiresIn } = config.jwt
  return jwt.sign({}, secret, { subject: userId, issuer, expiresIn })
}

const register = async ({ email, password }) => {
  try {
    const user = await User.create({ email, passwordHash: await hashSecret(password) })
    return tokenOf(user.id)
  } catch (error) {
    if (error.code === 11000) {
      throw new ApiError(409, 'Email already taken')
    }
    throw error
  }
}

const login = async ({ email, password }) => {
  const user = await User.findOne({ email })
  if (!user || !(await bcrypt.compare(password, user.passwordHash))) {
    throw new ApiError(401, 'Incorrect email or password')
  }
  return tokenOf(user.id)
}

module.exports = { login, register, tokenOf }
