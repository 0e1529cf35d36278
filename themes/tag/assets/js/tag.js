// Comforts on top of a page that works without them: theme switch, copy buttons,
// the current section in the contents, tabs that answer to links, videos on request.
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

  // Tables written as HTML scroll by themselves, so the keyboard must reach them.
  for (const table of all('.content > table')) table.tabIndex = 0;

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
})();
