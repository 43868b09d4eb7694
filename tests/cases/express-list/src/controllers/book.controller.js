const { bookService } = require('../services');
const catchAsync = require('../utils/catchAsync');

const createBook = catchAsync(async (req, res) => {
  const book = await bookService.createBook(req.body);
  res.status(201).send(book);
});

const getBooks = catchAsync(async (req, res) => {
  res.send(await bookService.queryBooks(req.query));
});

const getBook = catchAsync(async (req, res) => {
  res.send(await bookService.getBookById(req.params.bookId));
});

const updateBook = catchAsync(async (req, res) => {
  res.send(await bookService.updateBookById(req.params.bookId, req.body));
});

const deleteBook = catchAsync(async (req, res) => {
  await bookService.deleteBookById(req.params.bookId);
  res.status(204).send();
});

module.exports = {
  createBook,
  getBooks,
  getBook,
  updateBook,
  deleteBook,
};
