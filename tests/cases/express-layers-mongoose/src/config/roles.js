const rights = {
  gardener: ['getPlots', 'managePlots'],
  visitor: [],
}

module.exports = { roles: Object.keys(rights), rights }
