// Edits the files of a site that `plenary serve` shows, and looks at what happens in a real browser.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
const required = Boolean(process.env.CI || process.env.PLENARY_REQUIRE_BROWSER);
if (!executablePath && required) throw new Error('No Chromium here (looked at CHROMIUM and /usr/bin/chromium).');
const skip = !executablePath;
const binary = resolve(process.env.PLENARY_BIN ?? join(here, '../../target/debug/plenary'));

let folder;
let server;
let browser;
let page;
let origin;
const complaints = [];

/** Waits for the line that tells where the server listens. */
function address(process) {
  return new Promise((done, failed) => {
    let text = '';
    process.stderr.on('data', (data) => {
      if (globalThis.process.env.PLENARY_DEBUG) globalThis.process.stderr.write(data);
      text += data;
      const found = text.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) done(found[0]);
    });
    process.on('exit', () => failed(new Error(`the server has ended: ${text}`)));
  });
}

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'plenary-served-'));
  cpSync(join(here, 'fixture'), folder, { recursive: true });
  cpSync(resolve(here, '../../themes/tag'), join(folder, 'themes/tag'), { recursive: true });
  server = spawn(binary, ['serve', '--root', folder, '--addr', '127.0.0.1:24130'], { stdio: ['ignore', 'ignore', 'pipe'] });
  origin = await address(server);
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
  page = await browser.newPage({ viewport: { width: 1280, height: 600 } });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
});

after(async () => {
  await browser?.close();
  if (server && server.exitCode === null) {
    server.kill('SIGINT');
    const status = await new Promise((done) => server.on('exit', done));
    assert.equal(status, 0, 'Ctrl-C ends it cleanly');
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const file = (path) => join(folder, path);
const edit = (path, change) => writeFileSync(file(path), change(readFileSync(file(path), 'utf8')));
const overlay = () => page.locator('#plenary-overlay');
/** A mark on the window, which a reload takes away. */
const mark = () => page.evaluate(() => { window.notReloaded = true; });
const isMarked = () => page.evaluate(() => window.notReloaded === true);

describe('plenary serve', { skip }, () => {
  const path = 'content/en/guide/elements/index.md';

  it('reloads an edited page where it was scrolled to', async () => {
    await page.goto(`${origin}/guide/elements/`, { waitUntil: 'load' });
    await page.waitForFunction(() => document.documentElement.scrollHeight > innerHeight + 400);
    await page.evaluate(() => scrollTo({ top: 300, behavior: 'instant' }));
    edit(path, (text) => `${text}\nA sentence that was not there.\n`);
    await page.getByText('A sentence that was not there.').waitFor();
    await page.waitForFunction(() => Math.abs(scrollY - 300) < 2);
  });

  it('leaves a page alone that an edit does not change', async () => {
    await mark();
    edit('content/en/papers/flow.md', (text) => `${text}\nElsewhere.\n`);
    await page.waitForTimeout(700);
    assert.equal(await isMarked(), true);
  });

  it('swaps a style sheet without a reload', async () => {
    await mark();
    edit('themes/tag/assets/css/tag.css', (text) => `${text}\nbody { outline: 3px solid rgb(1, 2, 3); }\n`);
    await page.waitForFunction(() => getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)');
    await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"][data-plenary-old]').length === 0);
    assert.equal(await isMarked(), true);
  });

  it('shows errors over the last good page, in the words of the terminal, until they are mended', async () => {
    await mark();
    const settings = readFileSync(file('site.yaml'), 'utf8');
    edit('site.yaml', (text) => `${text}\nbroken: [\n`);
    await overlay().waitFor({ state: 'attached' });
    const text = await page.evaluate(() => document.querySelector('#plenary-overlay').shadowRoot.textContent);
    assert.match(text, /error\[config-syntax\]/);
    assert.match(text, /site\.yaml:\d+:\d+/);
    await page.getByText('A sentence that was not there.').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await overlay().count(), 0, 'Escape hides it');
    writeFileSync(file('site.yaml'), `${settings}\nbroken: [ again\n`);
    await overlay().waitFor({ state: 'attached' });
    await page.reload({ waitUntil: 'load' });
    await overlay().waitFor({ state: 'attached' });
    await page.getByText('A sentence that was not there.').waitFor();
    writeFileSync(file('site.yaml'), settings);
    await overlay().waitFor({ state: 'detached' });
  });

  it('goes to a page for what is not there, and reloads it when it is', async () => {
    const answer = await page.goto(`${origin}/guide/later/`);
    assert.equal(answer.status(), 404);
    writeFileSync(file('content/en/guide/later.md'), '---\ntitle: Later\n---\nHere at last.\n');
    await page.getByText('Here at last.').waitFor();
  });

  it('does all of it without a complaint', () => {
    assert.deepEqual(complaints.filter((text) => !text.includes('404')), []);
  });
});
