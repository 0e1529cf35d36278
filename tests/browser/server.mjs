// A static server for a folder, on 127.0.0.1 and a free port, with the site's own error page.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.xml': 'application/xml', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.avif': 'image/avif', '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8', '.md': 'text/markdown; charset=utf-8', '.webmanifest': 'application/manifest+json',
};

/** The headers that the site wants for all its files: the block of `/*` in `_headers`. */
async function headers(root) {
  const text = await readFile(join(root, '_headers'), 'utf8').catch(() => '');
  const block = text.match(/^\S*\/\*\n((?: .*\n)*)/m)?.[1] ?? '';
  return Object.fromEntries([...block.matchAll(/^ +([\w-]+): (.*)$/gm)].map(([, name, value]) => [name, value]));
}

/** Sends a page as a slow line does: what stands before each of its larger parts is there, and painted, before that part. */
async function inPieces(response, html) {
  for (const piece of html.toString().split(/(?=<header|<main|<\/main>|<nav class="[ts]|<details class="toc|<section|<h2|<aside|<footer|<div class="content")/)) {
    response.write(piece);
    await new Promise((done) => setTimeout(done, 40));
  }
  response.end();
}

/**
 * Serves `root` below `base`, with the headers that it asks for, texts compressed or pages in pieces if wanted;
 * gives `{origin, close}`.
 */
export async function serve(root, base = '', { compress = false, slow = false } = {}) {
  const wanted = await headers(root);
  const server = createServer(async (request, response) => {
    let path;
    try {
      path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
      if (!path.startsWith(base)) throw new Error('outside');
      path = path.slice(base.length) || sep;
    } catch {
      response.writeHead(400).end();
      return;
    }
    if (path.endsWith(sep)) path = join(path, 'index.html');
    try {
      const body = await readFile(join(root, path));
      const type = types[extname(path)] ?? 'application/octet-stream';
      const packed = compress && /^text\/|xml|json/.test(type);
      const encoding = packed ? { 'content-encoding': 'gzip' } : {};
      response.writeHead(200, { ...wanted, ...encoding, 'content-type': type });
      if (slow && type === types['.html']) await inPieces(response, body);
      else response.end(packed ? gzipSync(body) : body);
    } catch {
      const body = await readFile(join(root, '404.html')).catch(() => 'not found');
      response.writeHead(404, { ...wanted, 'content-type': types['.html'] }).end(body);
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const close = () => { server.closeAllConnections(); server.close(); };
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}
