const mongoose = require('mongoose')
const toJSON = require('./toJSON')

const plotSchema = new mongoose.Schema(
  {
    owner: {
      type: mongoose.Schema.Types.ObjectId,
      ref: 'User',
      required: true,
      index: true,
    },
    number: { type: Number, required: true, unique: true },
    crop: { type: String, required: true },
    note: { type: String },
  },
  { timestamps: true }
)

plotSchema.plugin(toJSON)

module.exports = mongoose.model('Plot', plotSchema)
