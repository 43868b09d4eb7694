// Prints the route table of an Express 4 or 5 application, a line `METHOD /path` for each row.
//
//     node express-routes.cjs MODULE [EXPORT]     (or tsx, for TypeScript)
//
// EXPORT is the application, or a function that makes it. Express keeps no prefix of a mounted
// router that could be read back, so it is noted while the application is put together.
const { createRequire } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const here = path.join(process.cwd(), 'package.json');
const express = createRequire(here)('express');
const mounts = new Map();
const proto = Object.hasOwn(express.Router, 'use') ? express.Router : express.Router.prototype;
const use = proto.use;

proto.use = function (...given) {
  const [first] = given.flat(Infinity);
  const prefixes = typeof first === 'function' ? [''] : [given[0]].flat();
  for (const child of given.flat(Infinity).filter((one) => one?.stack)) {
    const noted = mounts.get(this) ?? [];
    mounts.set(this, [...noted, { child, prefixes }]);
  }
  return use.apply(this, given);
};

function* rows(router, prefix) {
  const noted = [...(mounts.get(router) ?? [])];
  for (const layer of router.stack) {
    if (layer.route) {
      for (const own of [layer.route.path].flat()) {
        const methods = layer.route.methods._all ? ['ALL'] : Object.keys(layer.route.methods);
        for (const method of methods) yield [method.toUpperCase(), prefix + String(own)];
      }
    } else if (layer.handle.stack) {
      const at = noted.findIndex(({ child }) => child === layer.handle);
      const [{ prefixes }] = noted.splice(at, 1);
      for (const own of prefixes) yield* rows(layer.handle, prefix + (own === '/' ? '' : own));
    }
  }
}

async function main([file, name = 'default']) {
  const loaded = await import(pathToFileURL(path.resolve(file)).href);
  const exported = loaded[name] ?? loaded.default?.[name] ?? loaded.default;
  const app = exported.handle ? exported : await exported();
  const root = app._router ?? app.router;
  for (const [method, whole] of rows(root, '')) {
    console.log(`${method} ${whole.length > 1 ? whole.replace(/\/$/, '') : whole}`);
  }
  process.exit(0);
}

main(process.argv.slice(2));
