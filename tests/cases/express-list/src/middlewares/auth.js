const jwt = require('jsonwebtoken');
const { roleRights } = require('../config/roles');
const ApiError = require('../utils/ApiError');

const auth =
  (...requiredRights) =>
  (req, res, next) => {
    const token = (req.headers.authorization || '').replace('Bearer ', '');
    try {
      req.user = jwt.verify(token, process.env.JWT_SECRET);
    } catch (error) {
      return next(new ApiError(401, 'Please authenticate'));
    }
    const rights = roleRights.get(req.user.role) || [];
    if (!requiredRights.every((right) => rights.includes(right))) {
      return next(new ApiError(403, 'Forbidden'));
    }
    return next();
  };

module.exports = auth;
