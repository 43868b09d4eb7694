module.exports.Plot = require('./plot.model')
module.exports.User = require('./user.model')
