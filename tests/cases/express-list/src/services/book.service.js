const { Book } = require('../models');
const ApiError = require('../utils/ApiError');

const createBook = async (bookBody) => Book.create(bookBody);

const queryBooks = async (filter) => Book.find(filter);

const getBookById = async (id) => {
  const book = await Book.findById(id);
  if (!book) {
    throw new ApiError(404, 'Book not found');
  }
  return book;
};

const updateBookById = async (bookId, updateBody) => {
  const book = await getBookById(bookId);
  Object.assign(book, updateBody);
  await book.save();
  return book;
};

const deleteBookById = async (bookId) => {
  const book = await getBookById(bookId);
  await book.deleteOne();
};

module.exports = {
  createBook,
  queryBooks,
  getBookById,
  updateBookById,
  deleteBookById,
};
