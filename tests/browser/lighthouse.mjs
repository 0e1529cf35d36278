// Lighthouse, mobile preset, over the built site: see README.md.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { serve } from './server.mjs';
import { pages } from './site.mjs';

const chromePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
if (!chromePath) {
  const message = 'No Chromium here (looked at CHROMIUM and /usr/bin/chromium).';
  if (process.env.CI || process.env.PLENARY_REQUIRE_BROWSER) throw new Error(message);
  console.log(`${message} Lighthouse is skipped.`);
}
const skip = !chromePath;
const root = resolve(process.env.PLENARY_SITE ?? join(import.meta.dirname, '../../public'));
const all = skip ? [] : pages(root);
const least = { accessibility: 100, 'best-practices': 100, seo: 100, performance: 99 };
// A machine that is busy for a moment costs points for speed; a page that is slow is slow each time.
const tries = 3;

/** The fullest page of a kind that was written in a language, else the fullest that stands in for one. */
function fullest(kind, lang) {
  const found = all.filter((page) => page.kind === kind && page.lang === lang);
  const own = found.filter((page) => !page.fallback);
  return (own.length ? own : found).sort((a, b) => b.size - a.size)[0];
}

let site;
let chrome;
before(async () => {
  if (skip) return;
  site = await serve(root, '', { compress: true });
  chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic'] });
});
after(async () => {
  await chrome?.kill();
  site?.close();
});

for (const lang of ['en', 'ko']) {
  describe(`Lighthouse, ${lang}`, { skip }, () => {
    for (const kind of ['home', 'paper', 'meeting', 'post', 'blog-list']) {
      const page = fullest(kind, lang);
      it(`${kind}: ${page?.path}`, async (t) => {
        assert.ok(page, `the site has a page of the kind ${kind}`);
        let lhr;
        let scores;
        for (let left = tries; left > 0 && !(scores?.performance >= least.performance); left -= 1) {
          ({ lhr } = await lighthouse(site.origin + page.path, { port: chrome.port, output: 'json', logLevel: 'error', onlyCategories: Object.keys(least) }));
          scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)]));
        }
        const size = Math.round((lhr.audits['total-byte-weight'].numericValue ?? 0) / 1024);
        t.diagnostic(`${JSON.stringify(scores)} ${size} KB, layout shift ${lhr.audits['cumulative-layout-shift'].numericValue}`);
        const short = Object.keys(least).filter((name) => scores[name] < least[name]);
        const why = short.flatMap((name) => lhr.categories[name].auditRefs.filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1).map(({ id }) => `${name}: ${id} ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`));
        assert.deepEqual(short, [], `${JSON.stringify(scores)}\n${why.join('\n')}`);
      });
    }
  });
}
