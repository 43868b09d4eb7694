const express = require('express')
const passport = require('passport')
const { jwtStrategy } = require('./config/passport')
const { errorHandler, notFound } = require('./middlewares/error')
const routes = require('./routes')

const app = express()

app.disable('x-powered-by')
app.use(express.json())

app.use(passport.initialize())
passport.use('jwt', jwtStrategy)

app.get('/health', (req, res) => res.send({ status: 'success' }))
app.use('/v1', routes)

app.use(notFound)
app.use(errorHandler)

module.exports = app
