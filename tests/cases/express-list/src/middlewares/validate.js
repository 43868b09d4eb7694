const Joi = require('joi');
const ApiError = require('../utils/ApiError');

const validate = (schema) => (req, res, next) => {
  const object = { params: req.params, query: req.query, body: req.body };
  const { value, error } = Joi.compile(schema).validate(object, { allowUnknown: true });
  if (error) {
    return next(new ApiError(400, error.message));
  }
  Object.assign(req, value);
  return next();
};

module.exports = validate;
