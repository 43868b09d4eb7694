const { Plot } = require('../models')
const ApiError = require('../utils/ApiError')

const createPlot = async (owner, body) => {
  try {
    return await Plot.create({ ...body, owner })
  } catch (error) {
    if (error.code === 11000) {
      throw new ApiError(409, 'Number already taken')
    }
    throw error
  }
}

const queryPlots = async (owner, { offset, limit, ...filter }) => {
  const where = { ...filter, owner }
  return Promise.all([
    Plot.find(where).sort({ createdAt: -1, _id: -1 }).skip(offset).limit(limit),
    Plot.countDocuments(where),
  ])
}

const getPlotById = async (owner, id) => {
  const plot = await Plot.findOne({ _id: id, owner })
  if (!plot) {
    throw new ApiError(404, 'Plot not found')
  }
  return plot
}

const updatePlotById = async (owner, id, body) => {
  const plot = await getPlotById(owner, id)
  plot.set(body)
  return plot.save()
}

const deletePlotById = async (owner, id) => {
  const plot = await getPlotById(owner, id)
  await plot.deleteOne()
}

module.exports = { createPlot, deletePlotById, getPlotById, queryPlots, updatePlotById }
