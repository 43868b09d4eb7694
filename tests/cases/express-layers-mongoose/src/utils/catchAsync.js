/** Hands what an async handler throws to the error handler. */
const catchAsync = handler => (req, res, next) => {
  Promise.resolve(handler(req, res, next)).catch(next)
}

module.exports = catchAsync
