const { plotService } = require('../services')
const catchAsync = require('../utils/catchAsync')

const createPlot = catchAsync(async (req, res) => {
  const plot = await plotService.createPlot(req.user.id, req.body)
  res.status(201).send({ status: 'success', data: plot })
})

const getPlots = catchAsync(async (req, res) => {
  const { offset, limit } = req.query
  const [plots, total] = await plotService.queryPlots(req.user.id, req.query)
  res.send({ status: 'success', data: plots, meta: { total, offset, limit } })
})

const getPlot = catchAsync(async (req, res) => {
  const plot = await plotService.getPlotById(req.user.id, req.params.plotId)
  res.send({ status: 'success', data: plot })
})

const updatePlot = catchAsync(async (req, res) => {
  const plot = await plotService.updatePlotById(req.user.id, req.params.plotId, req.body)
  res.send({ status: 'success', data: plot })
})

const deletePlot = catchAsync(async (req, res) => {
  await plotService.deletePlotById(req.user.id, req.params.plotId)
  res.send({ status: 'success', message: 'Plot deleted' })
})

module.exports = { createPlot, deletePlot, getPlot, getPlots, updatePlot }
