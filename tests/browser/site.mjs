// What there is to look at: the files of a built site, and the fixture that is built for the occasion.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';

const here = import.meta.dirname;

/** Builds `fixture/` with the theme of this tree into a temporary folder; gives that folder and the result in it. */
export function buildFixture(binary) {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-fixture-'));
  cpSync(join(here, 'fixture'), folder, { recursive: true });
  cpSync(resolve(here, '../../themes/tag'), join(folder, 'themes/tag'), { recursive: true });
  const out = join(folder, 'public');
  const result = spawnSync(binary, ['build', '--root', folder, '--out', out], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${binary} build failed: ${result.error ?? result.stdout + result.stderr}`);
  return { folder, out };
}

/** All pages of a built site, `{path, lang, kind, fallback, size, html}`; redirect pages are left out. */
export function pages(root) {
  const found = [];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
    const file = join(entry.parentPath, entry.name);
    const html = readFileSync(file, 'utf8');
    const kind = html.match(/<body class="(kind-[\w-]+)/)?.[1];
    if (!kind) continue;
    found.push({
      path: '/' + relative(root, file).split(sep).join('/').replace(/index\.html$/, ''),
      lang: html.match(/<html lang="([^"]+)"/)[1],
      kind: kind.slice('kind-'.length),
      fallback: html.includes('notice-fallback'),
      size: html.length,
      html,
    });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The fullest page of each kind in a language, real and fallback: what can go wrong goes wrong there. */
export function samples(all, lang) {
  const fullest = new Map();
  for (const page of all) {
    if (page.lang !== lang) continue;
    const key = page.kind + (page.fallback ? ', fallback' : '');
    if (!(fullest.get(key)?.size >= page.size)) fullest.set(key, page);
  }
  return [...fullest].sort(([a], [b]) => (a < b ? -1 : 1));
}
