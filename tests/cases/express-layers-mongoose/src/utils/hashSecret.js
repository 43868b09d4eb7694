const bcrypt = require('bcryptjs')

const hashSecret = plain => bcrypt.hash(plain, 10)

module.exports = { hashSecret }
