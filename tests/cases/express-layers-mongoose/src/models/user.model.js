const mongoose = require('mongoose')
const { roles } = require('../config/roles')
const toJSON = require('./toJSON')

const userSchema = new mongoose.Schema(
  {
    email: { type: String, required: true, unique: true },
    passwordHash: { type: String, required: true, private: true },
    role: { type: String, enum: roles, default: 'gardener' },
  },
  { timestamps: true }
)

userSchema.plugin(toJSON)

module.exports = mongoose.model('User', userSchema)
