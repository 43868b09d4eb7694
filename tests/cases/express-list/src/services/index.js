module.exports.bookService = require('./book.service');
