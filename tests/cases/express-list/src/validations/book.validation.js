const Joi = require('joi');

const createBook = {
  body: Joi.object().keys({
    title: Joi.string().required(),
  }),
};

const getBooks = {
  query: Joi.object().keys({
    title: Joi.string(),
  }),
};

const getBook = {
  params: Joi.object().keys({ bookId: Joi.string() }),
};

const updateBook = {
  params: Joi.object().keys({ bookId: Joi.string().required() }),
  body: Joi.object().keys({ title: Joi.string() }).min(1),
};

const deleteBook = {
  params: Joi.object().keys({ bookId: Joi.string() }),
};

module.exports = {
  createBook,
  getBooks,
  getBook,
  updateBook,
  deleteBook,
};
