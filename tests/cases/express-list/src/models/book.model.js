const mongoose = require('mongoose');

const bookSchema = mongoose.Schema(
  {
    title: {
      type: String,
      required: true,
    },
  },
  { timestamps: true },
);

const Book = mongoose.model('Book', bookSchema);

module.exports = Book;
