// Looks at built pages in a real browser: see README.md.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';
import { buildFixture, pages, samples } from './site.mjs';

const require = createRequire(import.meta.url);
const here = import.meta.dirname;
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
const required = Boolean(process.env.CI || process.env.PLENARY_REQUIRE_BROWSER);
if (!executablePath) {
  const message = 'No Chromium here (looked at CHROMIUM and /usr/bin/chromium).';
  if (required) throw new Error(message);
  console.log(`${message} The browser tests are skipped.`);
}
const skip = !executablePath;

const siteRoot = resolve(process.env.PLENARY_SITE ?? join(here, '../../public'));
const binary = resolve(process.env.PLENARY_BIN ?? join(here, '../../target/debug/plenary'));
if (!skip && !existsSync(join(siteRoot, 'index.html'))) throw new Error(`no built site at ${siteRoot}: set PLENARY_SITE`);

const fixture = skip ? null : buildFixture(binary);
const own = skip ? [] : pages(siteRoot);
const made = skip ? [] : pages(fixture.out);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const widths = [360, 1280];
const total = { pages: 0, views: 0, shift: 0 };

let browser;
let site;
let other;
let slow;
before(async () => {
  if (skip) return;
  site = await serve(siteRoot);
  other = await serve(fixture.out);
  slow = await serve(fixture.out, '', { slow: true });
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(async () => {
  await browser?.close();
  site?.close();
  other?.close();
  slow?.close();
  if (fixture) rmSync(fixture.folder, { recursive: true, force: true });
  if (!skip) console.log(`${total.pages} pages looked at in ${total.views} views, largest layout shift ${total.shift}`);
});

/** A page of its own that notes every complaint: errors, and requests that leave the site. */
async function open(options, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await context.route((address) => address.hostname !== '127.0.0.1', (route) => {
    complaints.push(`asks for ${route.request().url()}`);
    return route.abort();
  });
  if (options.javaScriptEnabled !== false) {
    await page.addInitScript(() => {
      window.layoutShift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
  }
  await page.goto(url, { waitUntil: 'load' });
  return { page, complaints, close: () => context.close() };
}

/** The smaller of this shift and another try's: a busy machine paints between any two elements, the design's own comes again. */
async function shiftAgain(page, shift) {
  await page.reload({ waitUntil: 'load' });
  return Math.min(shift, await page.evaluate(() => window.layoutShift));
}

/** What can be said of one page at one width, in light and in dark. */
async function look(url, width) {
  const { page, complaints, close } = await open({ viewport: { width, height: 800 } }, url);
  try {
    const facts = await page.evaluate(async () => {
      for (const image of document.images) image.loading = 'eager';
      await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
      return {
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        headings: document.querySelectorAll('h1').length,
        twice: ids.filter((id, index) => ids.indexOf(id) !== index),
        broken: [...document.images].filter((image) => !image.naturalWidth).map((image) => image.currentSrc),
        shift: window.layoutShift,
      };
    });
    // Not as an element: the site's policy admits no script of ours.
    await page.evaluate(`${axe};0`);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // In the dark the elements are the same; only their colours are looked at again.
      const runOnly = colorScheme === 'dark' ? ['color-contrast', 'link-in-text-block'] : null;
      const violations = await page.evaluate(async (rules) => {
        const only = rules ? { runOnly: { type: 'rule', values: rules } } : {};
        const result = await window.axe.run(document, { resultTypes: ['violations'], preload: false, ...only });
        return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} at ${node.target}: ${node.failureSummary}`));
      }, runOnly);
      assert.deepEqual(violations, [], `axe-core, ${colorScheme}`);
      total.views += 1;
    }
    if (facts.shift > 0) facts.shift = await shiftAgain(page, facts.shift);
    total.shift = Math.max(total.shift, facts.shift);
    assert.deepEqual(complaints, [], 'the console is quiet and nothing is asked of other hosts');
    assert.deepEqual(facts, { wide: 0, headings: 1, twice: [], broken: [], shift: 0 });
  } finally {
    await close();
  }
}

for (const [name, all, lang, at] of [
  ['own site', own, 'en', () => site.origin],
  ['own site', own, 'ko', () => site.origin],
  ['own site', own, 'de', () => site.origin],
  ['own site', own, 'ja', () => site.origin],
  ['fixture', made, 'en', () => other.origin],
  ['fixture', made, 'ar', () => other.origin],
  ['fixture', made, 'ko', () => other.origin],
]) {
  describe(`${name}, ${lang}: every kind of page`, { skip, concurrency: 2 }, () => {
    for (const [kind, page] of samples(all, lang)) {
      total.pages += 1;
      it(`${kind}: ${page.path}`, async () => {
        for (const width of widths) await look(at() + page.path, width);
      });
    }
  });
}

describe('on a slow line', { skip, concurrency: 2 }, () => {
  for (const lang of ['ko', 'ar']) {
    for (const [kind, { path }] of samples(made, lang)) {
      it(`nothing moves while its parts arrive: ${kind}, ${path}`, async () => {
        for (const width of widths) {
          const { page, close } = await open({ viewport: { width, height: 800 } }, slow.origin + path);
          try {
            const shift = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(window.layoutShift))));
            assert.equal(shift && await shiftAgain(page, shift), 0, `${width} px`);
          } finally {
            await close();
          }
        }
      });
    }
  }
});

describe('the frame', { skip, concurrency: 2 }, () => {
  it('has the kinds of pages that the theme knows', () => {
    // Every template that names a kind, and what a page may hold besides.
    const templates = resolve(here, '../../themes/tag/templates');
    const named = readdirSync(templates, { recursive: true }).filter((file) => file.endsWith('.html'));
    const kinds = named.flatMap((file) => readFileSync(join(templates, file), 'utf8').match(/block body_class %\}kind-([\w-]+)/)?.[1] ?? []);
    assert.ok(kinds.length >= 17, `${kinds}`);
    for (const lang of ['en', 'ar', 'ko']) {
      const looked = samples(made, lang).map(([kind]) => kind.split(',')[0]);
      for (const kind of [...kinds, 'diagrams', 'maths']) {
        assert.ok(looked.includes(kind), `the fixture has no page of the kind ${kind} in ${lang}`);
      }
    }
    assert.ok(made.some((page) => page.fallback && page.lang === 'ar'), 'the fixture has a fallback page');
  });

  it('mirrors itself for a language that is written from right to left', async () => {
    const { page, close } = await open({}, `${other.origin}/ar/guide/elements/`);
    const at = async (selector) => (await page.locator(selector).boundingBox()).x;
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
    assert.ok((await at('.section-nav')) > (await at('.content')));
    assert.ok((await at('.content')) > (await at('.toc-side')));
    assert.equal(await page.locator('pre').first().evaluate((pre) => getComputedStyle(pre).direction), 'ltr');
    await close();
  });

  it('keeps a fallback body in its own language and direction', async () => {
    const { page, close } = await open({}, `${other.origin}/ar/guide/only-english/`);
    assert.equal(await page.locator('html').getAttribute('lang'), 'ar');
    assert.equal(await page.locator('main .content').getAttribute('lang'), 'en');
    assert.equal(await page.locator('main .content').evaluate((body) => getComputedStyle(body).direction), 'ltr');
    await close();
  });
});

for (const javaScriptEnabled of [false, true]) {
  describe(`JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, { skip, concurrency: 2 }, () => {
    const elements = () => `${other.origin}/guide/elements/`;

    it('the menu and the sidebar lead on', async () => {
      const { page, close } = await open({ javaScriptEnabled }, `${other.origin}/`);
      await page.locator('.main-menu a', { hasText: 'Guide' }).click();
      await page.waitForURL('**/guide/');
      await page.locator('.section-nav a', { hasText: 'Elements' }).click();
      await page.waitForURL('**/guide/elements/');
      assert.equal(await page.locator('.section-nav [aria-current=page]').textContent(), 'Elements');
      await close();
    });

    it('the menu opens its second level by pointer and by keyboard', async () => {
      for (const width of widths) {
        const { page, close } = await open({ javaScriptEnabled, viewport: { width, height: 740 } }, `${other.origin}/`);
        const entry = page.locator('.submenu a', { hasText: 'Glossary' });
        assert.equal(await entry.isVisible(), false);
        await page.locator('.submenu summary').click();
        const box = await entry.boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
        await page.locator('.submenu summary').click();
        assert.equal(await entry.isVisible(), false);
        await page.locator('.submenu summary').press('Enter');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.waitForURL('**/guide/words/');
        await close();
      }
    });

    it('the sidebar is a sheet on a phone', async () => {
      const { page, close } = await open({ javaScriptEnabled, viewport: { width: 360, height: 740 } }, elements());
      const entry = page.locator('.section-nav a', { hasText: 'Glossary' });
      assert.equal(await entry.isVisible(), false);
      await page.locator('.nav-open').click();
      await entry.click();
      await page.waitForURL('**/guide/words/');
      await close();
    });

    it('the language switcher stays on the page', async () => {
      const { page, close } = await open({ javaScriptEnabled }, elements());
      await page.locator('.languages summary').click();
      await page.locator('.languages a[lang=ar]').click();
      await page.waitForURL('**/ar/guide/elements/');
      await page.locator('.languages summary').click();
      await page.locator('.languages a[lang=en]').click();
      await page.waitForURL(elements());
      await close();
    });

    it('tabs open by pointer and by keyboard', async () => {
      const { page, close } = await open({ javaScriptEnabled }, elements());
      const panels = page.locator('.tabs').first().locator('.panel');
      const shown = async () => Promise.all([0, 1, 2].map((n) => panels.nth(n).isVisible()));
      assert.deepEqual(await shown(), [true, false, false]);
      await page.locator('.tabs label', { hasText: 'macOS' }).click();
      assert.deepEqual(await shown(), [false, true, false]);
      await page.keyboard.press('ArrowRight');
      assert.deepEqual(await shown(), [false, false, true]);
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      assert.deepEqual(await shown(), [true, false, false]);
      await close();
    });

    it('a link to a place in a closed tab opens it', async () => {
      const { page, close } = await open({ javaScriptEnabled }, elements());
      const place = page.locator('#tables-in-a-tab');
      assert.equal(await place.isVisible(), false);
      await page.locator('.panel p > a[href="#tables-in-a-tab"]').click();
      await place.waitFor({ state: 'visible' });
      await page.goto('about:blank');
      await page.goto(`${elements()}#tables-in-a-tab`);
      await place.waitFor({ state: 'visible' });
      const box = await place.boundingBox();
      assert.ok(box.y >= 0 && box.y < 700, `the place is in view: ${box.y}`);
      await close();
    });

    it('a diagram opens by itself by pointer and by keyboard, and closes again', async () => {
      for (const width of widths) {
        const { page, close } = await open({ javaScriptEnabled, viewport: { width, height: 800 } }, `${other.origin}/guide/drawings/`);
        const figure = page.locator('.diagram').first();
        const box = () => figure.boundingBox();
        const before = await box();
        const fills = async () => assert.deepEqual(await box(), { x: 0, y: 0, width, height: 800 });
        await figure.locator('.diagram-open').press('Enter');
        await fills();
        const drawing = await figure.locator('.diagram-drawing > svg').boundingBox();
        assert.ok(drawing.width >= 640 && drawing.height <= 800, JSON.stringify(drawing));
        await figure.locator('.diagram-close').press('Enter');
        assert.equal((await box()).height, before.height);
        await figure.locator('.diagram-open').click();
        await fills();
        await figure.locator('.diagram-close').click();
        assert.equal((await box()).height, before.height);
        await figure.locator('summary').click();
        assert.ok((await figure.locator('details code').textContent()).startsWith('flowchart LR'), 'its text is the alternative');
        await close();
      }
    });

    it('no letter of a diagram is smaller than can be read, and none is cut', async () => {
      const { page, close } = await open({ javaScriptEnabled, viewport: { width: 360, height: 800 } }, `${other.origin}/guide/drawings/`);
      for (const svg of await page.locator('.diagram-drawing > svg').all()) {
        const natural = parseFloat((await svg.getAttribute('width')));
        assert.ok((await svg.boundingBox()).width >= natural * 0.6, `${await svg.getAttribute('id')}`);
        assert.equal(await svg.locator('svg[style*="overflow:hidden"]').count(), 0);
      }
      await close();
    });

    it('the contents lead to their headings', async () => {
      for (const width of widths) {
        const { page, close } = await open({ javaScriptEnabled, viewport: { width, height: 800 } }, elements());
        if (width < 600) await page.locator('.toc-inline summary').click();
        await page.locator('.toc a[href="#alerts"]:visible').click();
        await page.waitForFunction(() => location.hash === '#alerts' && document.getElementById('alerts').getBoundingClientRect().top < 200);
        await close();
      }
    });
  });
}

describe('with JavaScript', { skip, concurrency: 2 }, () => {
  it('the theme switch is remembered', async () => {
    const { page, close } = await open({ colorScheme: 'light' }, `${other.origin}/`);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.locator('[data-theme-switch]').click();
    const dark = await paper();
    assert.notEqual(dark, light);
    await page.goto(`${other.origin}/ar/guide/`);
    assert.equal(await paper(), dark);
    assert.equal(await page.locator('[data-theme-switch]').getAttribute('aria-pressed'), 'true');
    await page.locator('[data-theme-switch]').click();
    await page.reload();
    assert.equal(await paper(), light);
    await close();
  });

  it('a theme that differs from the system is there with the first paint', async () => {
    const { page, close } = await open({ colorScheme: 'light' }, `${other.origin}/`);
    await page.locator('[data-theme-switch]').click();
    // What the page is before its deferred script has run is what the first paint shows.
    await page.route('**/tag.*.js', (route) => route.abort());
    await page.reload();
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await close();
  });

  it('a banner that was put away stays away, and moves nothing', async () => {
    const { page, close } = await open({}, `${other.origin}/`);
    const banner = page.locator('.banner');
    assert.equal(await banner.isVisible(), true);
    await banner.locator('button').click();
    assert.equal(await banner.isVisible(), false);
    await page.goto(`${other.origin}/guide/`);
    assert.equal(await banner.isVisible(), false);
    assert.equal(await page.evaluate(() => window.layoutShift), 0);
    await page.goto(`${other.origin}/ar/`);
    assert.equal(await banner.isVisible(), true, 'another text is another banner');
    await close();
  });

  it('a button copies the code', async () => {
    const { page, close } = await open({ permissions: ['clipboard-read', 'clipboard-write'] }, `${other.origin}/guide/elements/`);
    const code = page.locator('.code').first();
    await code.hover();
    await code.locator('.copy').click();
    await page.locator('.copy', { hasText: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.startsWith('kind: Service # a comment\nname:'), copied);
    await close();
  });

  it('Escape closes the language switcher and gives the focus back', async () => {
    const { page, close } = await open({}, `${other.origin}/`);
    const summary = page.locator('.languages summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.languages').evaluate((menu) => menu.open), false);
    assert.ok(await summary.evaluate((element) => element === document.activeElement));
    await close();
  });

  it('the contents show where the reader is', async () => {
    const { page, close } = await open({}, `${other.origin}/guide/elements/`);
    await page.locator('#alerts').evaluate((heading) => heading.scrollIntoView());
    await page.locator('.toc-side a[href="#alerts"][aria-current]').waitFor();
    await close();
  });

  it('the arrows lead to the neighbouring pages, and leave the keys to those who want them', async () => {
    for (const [path, key, to] of [['/guide/drawings/', 'ArrowRight', '/guide/words/'], ['/guide/words/', 'ArrowLeft', '/guide/drawings/'], ['/ar/guide/drawings/', 'ArrowLeft', '/ar/guide/words/']]) {
      const { page, close } = await open({}, other.origin + path);
      await page.keyboard.press(`Alt+${key}`);
      await page.keyboard.press(`Shift+${key}`);
      await page.locator('.diagram-drawing, .prev-next a').first().focus();
      const holds = await page.evaluate(() => document.activeElement.matches('[tabindex="0"]'));
      if (holds) await page.keyboard.press(key);
      assert.equal(new URL(page.url()).pathname, path);
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press(key);
      await page.waitForURL(`**${to}`);
      await close();
    }
    const { page, close } = await open({}, `${other.origin}/search/`);
    await page.locator('input[type=search]').first().fill('ab');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('/');
    assert.equal(await page.locator('input[type=search]').first().inputValue(), 'a/b');
    await close();
  });

  it('a video is asked for only when it is chosen', async () => {
    const { page, complaints, close } = await open({}, `${other.origin}/guide/elements/`);
    assert.deepEqual(complaints, []);
    await page.locator('a[data-video]').click();
    await page.locator('.video iframe').waitFor();
    assert.ok(complaints.some((text) => text.startsWith('asks for https://www.youtube-nocookie.com/embed/abcdefghijk')), complaints.join());
    await close();
  });

  it('the skip link leads to the text', async () => {
    const { page, close } = await open({}, `${other.origin}/guide/elements/`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    await close();
  });
});

describe('the weight of a page', { skip }, () => {
  const papers = own.filter((page) => page.kind === 'paper').sort((a, b) => b.size - a.size);
  const asset = (href) => gzipSync(readFileSync(join(siteRoot, new URL(href, 'http://x/').pathname))).length;

  it('a whitepaper without its pictures is under 60 KB, in three requests', (t) => {
    const [{ path, html }] = papers;
    const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href);
    const scripts = [...html.matchAll(/<script\b([^>]*)src="([^"]+)"([^>]*)>/g)];
    assert.equal(styles.length, 1);
    assert.equal(scripts.length, 1);
    assert.match(scripts[0][1] + scripts[0][3], /\bdefer\b|type="module"/, 'no script stands before the first paint');
    const [page, css, js] = [gzipSync(html).length, asset(styles[0]), asset(scripts[0][2])];
    t.diagnostic(`${path}: ${page} bytes of HTML, ${css} of CSS, ${js} of JavaScript, compressed`);
    assert.ok(js < 6 * 1024, `${js} bytes of JavaScript`);
    assert.ok(page + css + js < 60 * 1024, `${page + css + js} bytes`);
  });

  it('the first paint waits for no script', async () => {
    const { page, close } = await open({}, 'about:blank');
    // A script that never comes holds up nothing that is seen.
    await page.route('**/*.js', () => {});
    await page.goto(site.origin + papers[0].path, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    assert.ok(await page.locator('h1').isVisible());
    await close();
  });
});

describe('the Nu HTML checker', { skip, concurrency: 2 }, () => {
  const jar = join(dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  for (const [name, root] of [['own site', siteRoot], ['fixture', fixture?.out]]) {
    it(`finds no error in any page of the ${name}`, async (t) => {
      const run = spawn('java', ['-Xss4m', '-jar', jar, '--skip-non-html', '--exit-zero-always', '--format', 'json', root], { stdio: ['ignore', 'ignore', 'pipe'] });
      let output = '';
      run.stderr.setEncoding('utf8').on('data', (chunk) => { output += chunk; });
      const ended = await new Promise((done) => { run.on('error', done).on('close', done); });
      if (ended instanceof Error) {
        if (required) throw ended;
        return t.skip('no Java here');
      }
      const { messages } = JSON.parse(output);
      const said = messages.map((m) => `${m.type}${m.subType ? ` (${m.subType})` : ''} ${m.url?.replace(/^file:/, '')}:${m.lastLine}: ${m.message}`);
      const warnings = messages.filter((m) => m.type === 'info').length;
      t.diagnostic(`${warnings} warnings and notes`);
      assert.deepEqual(said.filter((text) => !text.startsWith('info')), []);
    });
  }
});
