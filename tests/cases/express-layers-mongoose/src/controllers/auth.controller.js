const { authService } = require('../services')
const catchAsync = require('../utils/catchAsync')

const register = catchAsync(async (req, res) => {
  const token = await authService.register(req.body)
  res.status(201).send({ status: 'success', token })
})

const login = catchAsync(async (req, res) => {
  const token = await authService.login(req.body)
  res.send({ status: 'success', token })
})

module.exports = { login, register }
