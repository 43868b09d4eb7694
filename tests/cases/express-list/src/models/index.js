module.exports.Book = require('./book.model');
