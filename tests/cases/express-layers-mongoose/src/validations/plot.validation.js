const Joi = require('joi')

const params = Joi.object({ plotId: Joi.string().hex().length(24) })

const createPlot = {
  body: Joi.object({
    number: Joi.number().integer().min(1).required(),
    crop: Joi.string().max(80).required(),
    note: Joi.string().allow(null),
  }),
}

const getPlots = {
  query: Joi.object({
    crop: Joi.string(),
    offset: Joi.number().integer().min(0).default(0),
    limit: Joi.number().integer().min(1).max(50).default(10),
  }),
}

const getPlot = { params }

const updatePlot = {
  params,
  body: Joi.object({
    number: Joi.number().integer().min(1),
    crop: Joi.string().max(80),
    note: Joi.string().allow(null),
  }),
}

const deletePlot = { params }

module.exports = { createPlot, deletePlot, getPlot, getPlots, updatePlot }
