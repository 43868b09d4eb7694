/** Shows documents by `id`, and without what is private. */
module.exports = schema => {
  const hidden = Object.keys(schema.paths).filter(
    path => schema.paths[path].options.private
  )
  schema.set('toJSON', {
    transform(document, shown) {
      shown.id = document._id.toString()
      for (const path of ['_id', '__v', ...hidden]) {
        delete shown[path]
      }
      return shown
    },
  })
}
