// Searches a small site in five scripts, by keyboard: the right page comes first.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';
import { buildSite } from './site.mjs';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
const skip = !executablePath;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const binary = resolve(process.env.PLENARY_BIN ?? join(import.meta.dirname, '../../target/debug/plenary'));

const page = (title, text, more = '') => `---\ntitle: ${title}\n${more}---\n${text}\n`;
const files = {
  'site.yaml': `base_url: https://search.example.org/docs/
title: Search
default_language: en
theme: tag
languages: {en: {name: English}, fr: {name: Français}, pt-br: {name: Português}, ko: {name: 한국어}, ja: {name: 日本語}, zh: {name: 中文}, ar: {name: العربية}}
`,
  'content/en/_index.md': page('Home', 'The start.'),
  'content/en/guide/_index.md': page('Guide', 'How things are done.'),
  'content/en/guide/maturity.md': page('Platform maturity model', '## Levels\nA platform grows in levels, and each level of a platform asks for another kind of work.'),
  'content/en/guide/quantum.md': page('Quantum telemetry', 'Telemetry of quantum things, which nobody has translated yet.'),
  'content/en/papers/_index.md': page('Papers', 'All papers.', 'type: whitepaper\n'),
  'content/en/papers/flow.md': page('Delivery flow', 'How telemetry of delivery flows.', 'type: whitepaper\ndate: 2024-02-01\n'),
  'content/en/blog/_index.md': page('Blog', 'News.'),
  'content/en/blog/one.md': page('First news', 'We spoke of telemetry and of a platform.', 'date: 2023-01-05\n'),
  'content/en/blog/two.md': page('Second news', 'More telemetry.', 'date: 2025-01-05\n'),
  'content/en/hidden.md': page('Hidden telemetry', 'Telemetry for nobody.', 'noindex: true\n'),
  'content/ko/guide/maturity.md': page('플랫폼 성숙도 모델', '## 단계\n플랫폼은 단계별로 자라고, 각 단계의 플랫폼에는 다른 일이 필요합니다.'),
  'content/ko/blog/one.md': page('첫 소식', '이번 달에는 플랫폼을 이야기했고 성숙도는 다음에 다룹니다. 그 밖에도 할 이야기가 많았습니다.', 'date: 2023-01-05\n'),
  'content/ja/guide/maturity.md': page('プラットフォームエンジニアリング', '## 段階\nプラットフォームは段階的に成長します。社内のプラットフォームには製品の考え方が必要です。'),
  'content/ja/blog/one.md': page('最初のお知らせ', '今月はいくつかの話題がありました。プラットフォームの話もしましたが、主に会議の予定について話しました。', 'date: 2023-01-05\n'),
  'content/zh/guide/maturity.md': page('平台成熟度模型', '## 级别\n平台是逐级成长的，每一级的平台都需要不同的工作。'),
  'content/zh/blog/one.md': page('第一条消息', '本月我们讨论了会议安排，也顺便提到了平台，其他话题留到下次再谈。', 'date: 2023-01-05\n'),
  'content/fr/guide/maturity.md': page('Maturité de la plate-forme', '## Niveaux\nUne plate-forme grandit par niveaux, et chaque niveau de la plate-forme demande un autre travail.'),
  'content/fr/blog/one.md': page('Première nouvelle', 'Ce mois-ci nous avons parlé de réunions, et un peu de la plate-forme, mais surtout du calendrier.', 'date: 2023-01-05\n'),
  'content/pt-br/guide/maturity.md': page('Segurança da cadeia de suprimentos', '## Níveis\nA segurança cresce em níveis, e cada nível de segurança pede outro trabalho.'),
  'content/pt-br/blog/one.md': page('Primeira notícia', 'Falamos de reuniões e, por alto, de segurança, mas sobretudo do calendário.', 'date: 2023-01-05\n'),
};

let site;
let browser;
let built;
const base = () => `${site.origin}/docs`;
before(async () => {
  if (skip) return;
  built = buildSite(binary, files);
  // The site lives below a path of its host, so its folder does as well.
  site = await serve(built.out, '/docs');
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});
after(async () => {
  await browser?.close();
  site?.close();
  if (built) rmSync(built.folder, { recursive: true, force: true });
});

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const tab = await context.newPage();
  const complaints = [];
  tab.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  tab.on('pageerror', (error) => complaints.push(String(error)));
  const asked = [];
  tab.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await tab.goto(base() + path, { waitUntil: 'load' });
  return { tab, complaints, asked, close: () => context.close() };
}

/** The results of a list, group by group. */
const results = (tab, list = '.search > [data-search-results]') => tab.locator(`${list} section`).evaluateAll((groups) =>
  groups.map((group) => [group.querySelector('.search-group').firstChild.data, ...[...group.querySelectorAll('.entry-title')].map((a) => a.textContent)]));
const told = (tab) => tab.locator('[data-search-status]').textContent();
const settled = (tab) => tab.waitForFunction(() => document.querySelector('[data-search-status]').textContent);

describe('search', { skip, concurrency: 2 }, () => {
  for (const [lang, query, title] of [
    ['ko', '플랫폼 성숙도', '플랫폼 성숙도 모델'],
    ['ja', 'プラットフォーム', 'プラットフォームエンジニアリング'],
    ['zh', '平台', '平台成熟度模型'],
    ['fr', 'plate-forme', 'Maturité de la plate-forme'],
    ['pt-br', 'segurança', 'Segurança da cadeia de suprimentos'],
    ['pt-br', 'seguranca', 'Segurança da cadeia de suprimentos'],
    ['en', 'platform maturity', 'Platform maturity model'],
  ]) {
    it(`finds ${query} in ${lang}, by keyboard alone`, async () => {
      const { tab, complaints, asked, close } = await open(lang === 'en' ? '/' : `/${lang}/`);
      assert.deepEqual(asked.filter((path) => path.includes('pagefind')), [], 'nothing is loaded before it is needed');
      await tab.keyboard.press('/');
      await tab.locator('dialog[open]').waitFor();
      assert.equal(await tab.evaluate(() => document.activeElement.name), 'q');
      await tab.keyboard.insertText(query);
      await settled(tab);
      const [first] = await results(tab);
      assert.equal(first[1], title);
      assert.ok(await tab.locator('.entry mark').first().isVisible(), 'the words are marked');
      await tab.keyboard.press('ArrowDown');
      assert.equal(await tab.evaluate(() => document.activeElement.textContent), title);
      await tab.keyboard.press('ArrowUp');
      assert.equal(await tab.evaluate(() => document.activeElement.name), 'q');
      await tab.keyboard.press('ArrowDown');
      await tab.keyboard.press('Enter');
      await tab.waitForURL('**/guide/maturity/');
      assert.equal(await tab.locator('h1').textContent(), title);
      assert.ok(await tab.evaluate(() => CSS.highlights.get('found')?.size > 0), 'the page shows the words');
      assert.deepEqual(complaints, []);
      await close();
    });
  }

  it('groups what it finds and leaves out what nobody should find', async () => {
    const { tab, complaints, close } = await open('/search/?q=telemetry');
    await settled(tab);
    const groups = await results(tab);
    assert.deepEqual(Object.fromEntries(groups.map(([name, ...titles]) => [name, titles.sort()])), {
      Pages: ['Quantum telemetry'], Papers: ['Delivery flow'], Blog: ['First news', 'Second news'],
    });
    assert.equal(groups[0][0], 'Pages', 'the group of the best result comes first');
    assert.equal(await told(tab), 'Results: 4');
    assert.deepEqual(complaints, []);
    await close();
  });

  it('filters by kind and year, and sorts', async () => {
    const { tab, close } = await open('/search/?q=telemetry&kind=post&sort=date');
    await settled(tab);
    assert.deepEqual(await results(tab), [['Blog', 'Second news', 'First news']]);
    assert.deepEqual(await tab.locator('[name=year] option').allTextContents(), ['Any year', '2025', '2024', '2023']);
    await tab.locator('[name=year]').selectOption('2023');
    await tab.waitForFunction(() => document.querySelectorAll('.search .entry').length === 1);
    assert.deepEqual(await results(tab), [['Blog', 'First news']]);
    await close();
  });

  it('shows the original where the language has little', async () => {
    const { tab, close } = await open('/ko/search/?q=quantum');
    await settled(tab);
    assert.deepEqual(await results(tab), []);
    assert.deepEqual(await results(tab, '[data-search-source]'), [['페이지', 'Quantum telemetry']]);
    assert.equal(await tab.locator('[data-search-source]').getAttribute('lang'), 'en');
    assert.equal(await tab.locator('html').getAttribute('lang'), 'ko');
    await close();
  });

  it('searches the original for a language that has no page of its own', async () => {
    const { tab, close } = await open('/ar/search/?q=maturity');
    await settled(tab);
    assert.deepEqual((await results(tab, '[data-search-source]'))[0].slice(1), ['Platform maturity model']);
    await close();
  });

  it('says so when there is nothing', async () => {
    const { tab, close } = await open('/search/?q=xylophone');
    await settled(tab);
    assert.equal(await told(tab), 'Nothing was found. Fewer or other words may help.');
    await close();
  });

  it('the form is a link to its results', async () => {
    const { tab, close } = await open('/search/');
    await tab.locator('#search-q').fill('maturity');
    await tab.keyboard.press('Enter');
    await tab.waitForURL('**/search/?q=maturity*');
    await settled(tab);
    assert.equal(await tab.locator('#search-q').inputValue(), 'maturity');
    await close();
  });

  it('Escape closes the dialog, and the key can be switched off', async () => {
    const { tab, close } = await open('/');
    await tab.keyboard.press('/');
    await tab.locator('dialog[open] [data-search-key]').uncheck();
    await tab.keyboard.press('Escape');
    assert.equal(await tab.locator('dialog[open]').count(), 0);
    await tab.reload();
    await tab.keyboard.press('/');
    assert.equal(await tab.locator('dialog').count(), 0);
    await tab.locator('[data-search-open]').click();
    await tab.locator('dialog[open]').waitFor();
    await close();
  });

  it('without JavaScript the search leads to the sections, and says why', async () => {
    const { tab, close } = await open('/ko/', { javaScriptEnabled: false });
    await tab.locator('[data-search-open]').click();
    await tab.waitForURL('**/ko/search/');
    assert.ok(await tab.locator('main .notice').isVisible());
    assert.equal(await tab.locator('.search-form').isVisible(), false);
    assert.ok(await tab.locator('.browse a').first().isVisible());
    await close();
  });

  for (const colorScheme of ['light', 'dark']) {
    it(`has no fault that axe finds, ${colorScheme}`, async () => {
      for (const [path, width] of [['/search/?q=telemetry', 1280], ['/ko/search/?q=quantum', 360], ['/', 360]]) {
        const { tab, close } = await open(path, { colorScheme, reducedMotion: 'reduce', viewport: { width, height: 740 }, bypassCSP: true });
        if (path === '/') {
          await tab.locator('[data-search-open]').click();
          await tab.locator('dialog #search-q').fill('telemetry');
        }
        await settled(tab);
        await tab.addScriptTag({ content: axe });
        const { violations } = await tab.evaluate(() => window.axe.run(document));
        assert.deepEqual(violations.map((v) => `${path}: ${v.id} ${v.nodes.map((n) => n.html).join(' ')}`), []);
        assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${path} scrolls sideways`);
        await close();
      }
    });
  }
});
