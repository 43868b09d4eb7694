const express = require('express')
const plotController = require('../controllers/plot.controller')
const auth = require('../middlewares/auth')
const validate = require('../middlewares/validate')
const plotValidation = require('../validations/plot.validation')

const router = express.Router()

router
  .route('/')
  .post(
    auth('managePlots'),
    validate(plotValidation.createPlot),
    plotController.createPlot
  )
  .get(auth('getPlots'), validate(plotValidation.getPlots), plotController.getPlots)

router
  .route('/:plotId')
  .get(auth('getPlots'), validate(plotValidation.getPlot), plotController.getPlot)
  .patch(
    auth('managePlots'),
    validate(plotValidation.updatePlot),
    plotController.updatePlot
  )
  .delete(
    auth('managePlots'),
    validate(plotValidation.deletePlot),
    plotController.deletePlot
  )

module.exports = router
