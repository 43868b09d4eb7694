const express = require('express')
const authRoute = require('./auth.route')
const plotRoute = require('./plot.route')

const router = express.Router()

const routes = [
  { path: '/auth', route: authRoute },
  { path: '/plots', route: plotRoute },
]

routes.forEach(({ path, route }) => {
  router.use(path, route)
})

module.exports = router
