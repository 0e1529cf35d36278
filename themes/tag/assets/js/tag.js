// Comforts on top of a page that works without them: theme switch, copy buttons,
// the current section in the contents, tabs that answer to links, videos on request, search.
(() => {
  'use strict';
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  root.classList.add('js');

  // Theme: what the reader chose, which the lines in the head have set already, else the system's.
  // Storage may be refused; then the choice lasts for the page.
  const memory = {
    set: (key, value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* refused */ } },
  };
  const system = matchMedia('(prefers-color-scheme: dark)');
  const toggle = document.querySelector('[data-theme-switch]');
  const isDark = () => (root.dataset.theme || (system.matches ? 'dark' : 'light')) === 'dark';
  const show = () => toggle && toggle.setAttribute('aria-pressed', String(isDark()));
  if (toggle) {
    show();
    system.addEventListener('change', show);
    toggle.addEventListener('click', () => {
      const next = isDark() ? 'light' : 'dark';
      const own = next === (system.matches ? 'dark' : 'light');
      if (own) delete root.dataset.theme; else root.dataset.theme = next;
      memory.set('theme', own ? null : next);
      show();
    });
  }

  // Banners that were put away stay away; the lines in the head hide them before the page is seen.
  for (const button of all('[data-dismiss]')) {
    button.addEventListener('click', () => {
      const id = button.dataset.dismiss;
      root.dataset.banners = `${root.dataset.banners || ''} ${id}`.trim();
      memory.set('banners', root.dataset.banners);
      document.getElementById('main').focus();
    });
  }

  // Menus made of <details> close on Escape and on a click elsewhere.
  const menus = all('details[data-menu]');
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of menus) if (menu.open) { menu.open = false; menu.querySelector('summary').focus(); }
  });
  addEventListener('click', (event) => {
    for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
  });

  // The contents on a phone fold away once a place was chosen.
  for (const toc of all('.toc-inline')) {
    toc.addEventListener('click', (event) => { if (event.target.closest('a')) toc.open = false; });
  }
  const nav = document.getElementById('section-nav');
  const here = nav && nav.querySelector('[aria-current]');
  if (here && nav.scrollHeight > nav.clientHeight) nav.scrollTop = here.offsetTop - nav.clientHeight / 2;

  // The arrows lead to the neighbours, as they lie in the direction of reading, unless the key is wanted elsewhere.
  addEventListener('keydown', (event) => {
    const steps = ['ArrowLeft', 'ArrowRight'];
    if (document.dir === 'rtl') steps.reverse();
    const way = ['prev', 'next'][steps.indexOf(event.key)];
    if (!way || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target.closest('input,select,textarea,dialog,video,audio,[contenteditable],[tabindex="0"]')) return;
    document.querySelector(`.prev-next .${way}`)?.click();
  });

  // Tables written as HTML scroll by themselves, so the keyboard must reach them.
  for (const table of all('.content > table')) table.tabIndex = 0;

  // Meetings, on the clocks of the reader as well.
  for (const time of all('time[data-moment]')) {
    const at = new Date(time.dateTime);
    const form = { weekday: 'short', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' };
    time.nextElementSibling.textContent = time.dataset.moment.replace('{time}', at.toLocaleString(root.lang, form));
  }

  // Copy buttons, where the clipboard may be used.
  if (navigator.clipboard) {
    const { copy = 'Copy', copied = 'Copied' } = document.body.dataset;
    for (const code of all('.content .code')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'copy';
      button.textContent = copy;
      button.addEventListener('click', async () => {
        try { await navigator.clipboard.writeText(code.querySelector('code').textContent); } catch { return; }
        button.textContent = copied;
        setTimeout(() => { button.textContent = copy; }, 2000);
      });
      code.append(button);
    }
  }

  // Tabs: a link to a place in a closed panel opens it.
  const reveal = () => {
    let id = '';
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = id && document.getElementById(id);
    const panel = target && target.closest('.tabs > .panel');
    if (!panel) return;
    panel.previousElementSibling.previousElementSibling.checked = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();

  // The contents show the section that is being read: the last heading above the upper third.
  const links = new Map(all('[data-toc] a').map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
  const headings = all('.content :is(h2,h3,h4)[id]').filter((h) => links.has(h.id));
  if (headings.length) {
    let current = null;
    let waiting = false;
    const mark = () => {
      waiting = false;
      const line = innerHeight / 3;
      const end = innerHeight + scrollY >= root.scrollHeight - 2;
      const shown = headings.filter((h) => h.getClientRects().length);
      const passed = end ? shown : shown.filter((h) => h.getBoundingClientRect().top <= line);
      const link = passed.length ? links.get(passed[passed.length - 1].id) : null;
      if (link === current) return;
      if (current) current.removeAttribute('aria-current');
      if (link) {
        link.setAttribute('aria-current', 'location');
        const list = link.closest('[data-toc]');
        if (list.scrollHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.clientHeight / 2;
      }
      current = link;
    };
    const ask = () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } };
    addEventListener('scroll', ask, { passive: true });
    addEventListener('resize', ask);
    mark();
  }

  // Videos: the link becomes the player when it is chosen; YouTube hears of the reader only then.
  addEventListener('click', (event) => {
    const link = event.target.closest('a[data-video]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement('iframe');
    frame.src = `https://www.youtube-nocookie.com/embed/${encodeURIComponent(link.dataset.video)}?autoplay=1`;
    frame.title = link.dataset.title;
    frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
    frame.allowFullscreen = true;
    link.replaceWith(frame);
    frame.focus();
  });

  // Search. Pagefind comes with the first query; each language needs one of its own, and reads off the page which.
  const make = (name, set, ...inside) => { const node = Object.assign(document.createElement(name), set); node.append(...inside); return node; };
  const engines = {};
  const engine = (folder, lang) => engines[lang] ??= import(`${folder}pagefind.js?${lang}`).then((made) => {
    const own = root.lang;
    root.lang = lang;
    made.options({ excerptLength: 24, excerptEllipsis: '…' });
    made.init();
    root.lang = own;
    return made;
  });
  const searching = (box, limit) => {
    const { folder, index, source, found, none, failed, more } = box.dataset;
    const { q, kind, year, sort } = box.querySelector('form').elements;
    const [here, there] = all('[data-search-results]', box);
    const status = box.querySelector('[data-search-status]');
    const key = box.querySelector('[data-search-key]');
    let turn = 0;
    let years = false;

    const groups = async (lang) => {
      const made = await engine(folder, lang);
      const options = [...kind.options].slice(1).filter((o) => !kind.value || o.selected);
      const sets = await Promise.all(options.map(async (option) => {
        const filters = { kind: option.value, ...year.value && { year: year.value } };
        const { results } = await made.search(q.value.trim() || null, { filters, sort: sort.value ? { date: 'desc' } : {} });
        return { name: option.text, results };
      }));
      return sets.filter((g) => g.results.length).sort((a, b) => b.results[0].score - a.results[0].score);
    };
    const entry = async (result, lang) => {
      const { url, meta, excerpt, sub_results: parts } = await result.data();
      const part = parts.filter((p) => p.url.includes('#')).sort((a, b) => b.locations.length - a.locations.length)[0];
      const day = meta.date && new Date(meta.date).toLocaleDateString(lang, { dateStyle: 'medium', timeZone: 'UTC' });
      return make('li', { className: 'entry' },
        make('a', { className: 'entry-title', href: url, textContent: meta.title }),
        ...day ? [' ', make('time', { dateTime: meta.date, textContent: day })] : [],
        make('p', { className: 'entry-text', innerHTML: excerpt }),
        ...part ? [make('a', { className: 'search-part', href: part.url, textContent: part.title })] : []);
    };
    const fill = async (place, list, lang, level) => place.replaceChildren(...await Promise.all(list.map(async ({ name, results }) => {
      let shown = 0;
      const items = make('ol', { className: 'entries' });
      const next = make('button', { type: 'button', className: 'search-more', textContent: more });
      const grow = async () => {
        const first = items.childElementCount;
        items.append(...await Promise.all(results.slice(shown, shown += limit).map((r) => entry(r, lang))));
        next.hidden = shown >= results.length;
        return items.children[first];
      };
      next.addEventListener('click', async () => (await grow()).querySelector('a').focus());
      await grow();
      return make('section', {}, make(level, { className: 'search-group' }, name, ' ', make('span', { className: 'count', textContent: results.length })), items, next);
    })));
    const run = async () => {
      const mine = ++turn;
      const asked = q.value.trim() || kind.value || year.value;
      try {
        const own = asked && index ? await groups(index) : [];
        const count = own.reduce((sum, g) => sum + g.results.length, 0);
        const other = asked && source && count < 5 ? await groups(source) : [];
        if (mine !== turn) return;
        await fill(here, own, index, 'h2');
        if (there) await fill(there, other, source, 'h3');
        if (there) there.parentElement.hidden = !other.length;
        status.textContent = !asked ? '' : own.length || other.length ? found.replace('{count}', count) : none;
      } catch { status.textContent = failed; }
    };
    const start = async () => {
      if (years) return;
      years = true;
      const known = await Promise.all([index, source].filter(Boolean).map(async (lang) => (await engine(folder, lang)).filters())).catch(() => []);
      const numbers = new Set(known.flatMap((filters) => Object.keys(filters.year ?? {})));
      year.append(...[...numbers].sort().reverse().map((y) => new Option(y)));
    };
    let wait;
    box.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(run, 150); });
    box.addEventListener('focusin', start, { once: true });
    // Up and down lead through the results, and back to the words.
    box.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.target.matches('select')) return;
      const stops = [q, ...all('.entry-title', box)];
      const at = stops.indexOf(document.activeElement) + step;
      if (stops[at]) { event.preventDefault(); stops[at].focus(); }
    });
    // The page that is opened shows the words that led to it.
    box.addEventListener('click', (event) => {
      const words = event.target.closest('a') && all('mark', event.target.closest('.entry')).map((m) => m.textContent);
      try { if (words) sessionStorage.setItem('found', JSON.stringify(words)); } catch { /* refused */ }
    });
    key.checked = slash();
    key.addEventListener('change', () => { try { localStorage.setItem('slash', key.checked ? '' : 'off'); } catch { /* refused */ } });
    return { q, start, run, set: async () => {
      const asked = new URLSearchParams(location.search);
      q.value = asked.get('q') ?? '';
      if (![...asked].length) return;
      kind.value = asked.get('kind') ?? '';
      sort.value = asked.get('sort') ?? '';
      await start();
      year.value = asked.get('year') ?? '';
      run();
    } };
  };
  const slash = () => { try { return localStorage.getItem('slash') !== 'off'; } catch { return true; } };
  const opener = document.querySelector('[data-search-open]');
  const own = document.querySelector('[data-search]');
  if (opener) {
    const page = own && searching(own, 10);
    page?.set();
    let dialog;
    const open = async () => {
      if (page) return page.q.focus();
      if (!dialog) {
        const text = await (await fetch(opener.href)).text();
        const box = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-search]');
        dialog = make('dialog', { className: 'search-dialog', ariaLabel: opener.textContent.trim() }, box);
        document.body.append(dialog);
        searching(box, 3);
        dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
      }
      if (!dialog.open) dialog.showModal();
    };
    opener.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open().catch(() => { location = opener.href; });
    });
    addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input,select,textarea') || !slash()) return;
      event.preventDefault();
      opener.click();
    });
  }
  try {
    const words = JSON.parse(sessionStorage.getItem('found'));
    sessionStorage.removeItem('found');
    const texts = document.createTreeWalker(document.querySelector('.content'), NodeFilter.SHOW_TEXT);
    const ranges = [];
    for (let text; words && (text = texts.nextNode());) {
      for (const word of new Set(words)) {
        for (let at = -1; (at = text.data.indexOf(word, at + 1)) >= 0;) ranges.push(new StaticRange({ startContainer: text, startOffset: at, endContainer: text, endOffset: at + word.length }));
      }
    }
    if (ranges.length) CSS.highlights.set('found', new Highlight(...ranges));
  } catch { /* no storage, or no highlights */ }
})();
