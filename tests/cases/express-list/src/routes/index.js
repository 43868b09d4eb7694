const express = require('express');
const bookRoute = require('./book.route');

const router = express.Router();

const routes = [
  {
    path: '/books',
    route: bookRoute,
  },
];

routes.forEach((route) => {
  router.use(route.path, route.route);
});

module.exports = router;
