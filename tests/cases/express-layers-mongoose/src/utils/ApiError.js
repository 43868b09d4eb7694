/** An error that its caller is told about. */
class ApiError extends Error {
  constructor(status, message, details = []) {
    super(message)
    this.status = status
    this.details = details
  }
}

module.exports = ApiError
