// What there is to look at: the files of a built site, and the fixture that is built for the occasion.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';

const here = import.meta.dirname;

/** Builds `fixture/` with the theme of this tree into a temporary folder; gives that folder and the result in it. */
export function buildFixture(binary) {
  return build(binary, (folder) => cpSync(join(here, 'fixture'), folder, { recursive: true }));
}

/** Builds a site of these files, `{path: text}`, with the theme of this tree. */
export function buildSite(binary, files) {
  return build(binary, (folder) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
}

function build(binary, fill) {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-fixture-'));
  fill(folder);
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

/** What a page has that makes it another thing to look at. */
const matters = [['diagrams', 'class="diagram"'], ['maths', '<math']];

/** The fullest page of each kind and matter in a language, real and fallback: what can go wrong goes wrong there. */
export function samples(all, lang) {
  const fullest = new Map();
  for (const page of all) {
    if (page.lang !== lang) continue;
    const keys = [page.kind, ...matters.filter(([, mark]) => page.html.includes(mark)).map(([name]) => name)];
    for (const key of keys.map((key) => key + (page.fallback ? ', fallback' : ''))) {
      if (!(fullest.get(key)?.size >= page.size)) fullest.set(key, page);
    }
  }
  return [...fullest].sort(([a], [b]) => (a < b ? -1 : 1));
}
