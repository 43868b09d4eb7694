module.exports.authService = require('./auth.service')
module.exports.plotService = require('./plot.service')
