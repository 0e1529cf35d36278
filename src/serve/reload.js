// Keeps a served page up to date: reloads it when its bytes change, swaps style sheets and pictures in place,
// shows what is wrong. `plenary serve` adds it, `plenary build` does not.
(() => {
  const own = document.currentScript;
  const place = 'plenary-scroll';
  const stored = JSON.parse(sessionStorage.getItem(place) ?? 'null');
  sessionStorage.removeItem(place);
  if (stored?.path === location.pathname) scrollTo({ left: stored.left, top: stored.top, behavior: 'instant' });

  let overlay;
  function show(text) {
    hide();
    if (!text) return;
    overlay = document.createElement('div');
    overlay.id = 'plenary-overlay';
    overlay.lang = 'en';
    overlay.dir = 'ltr';
    const root = overlay.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet();
    style.replaceSync(`
      section { position: fixed; inset: auto 0 0 0; max-height: 70vh; overflow: auto; z-index: 2147483647;
        background: #1b1b1f; color: #f4f4f6; border-top: 4px solid #e5484d; padding: 1rem 1.25rem;
        box-shadow: 0 -8px 32px rgb(0 0 0 / 40%); }
      header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
      h2 { font: 600 1rem/1.4 system-ui, sans-serif; margin: 0; }
      pre { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap;
        overflow-wrap: anywhere; margin: .75rem 0 0; tab-size: 4; }
      button { font: inherit; color: inherit; background: #34343b; border: 1px solid #6b6b76; border-radius: .375rem;
        padding: .25rem .75rem; cursor: pointer; }
      button:focus-visible { outline: 3px solid #8ab4ff; outline-offset: 2px; }`);
    root.adoptedStyleSheets = [style];
    const section = document.createElement('section');
    section.setAttribute('role', 'alert');
    const header = document.createElement('header');
    const title = document.createElement('h2');
    title.textContent = 'The site has errors. What is shown is the last state that could be.';
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = 'Hide';
    close.addEventListener('click', hide);
    header.append(title, close);
    const pre = document.createElement('pre');
    pre.textContent = text;
    section.append(header, pre);
    root.append(section);
    document.body.append(overlay);
  }
  function hide() {
    overlay?.remove();
    overlay = undefined;
  }
  addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });

  /** The address of a file without the digest in its name. */
  const plain = (address) => new URL(address, location).pathname.replace(/\.[0-9a-f]{8}(\.\w+)$/, '$1');

  function swap(address, version) {
    const name = plain(address);
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      if (plain(link.href) !== name || link.dataset.plenaryOld) continue;
      link.dataset.plenaryOld = 'true';
      const fresh = link.cloneNode();
      delete fresh.dataset.plenaryOld;
      fresh.href = `${address}?${version}`;
      fresh.addEventListener('load', () => link.remove());
      link.after(fresh);
    }
    for (const image of document.images) {
      if (plain(image.currentSrc || image.src) === name) image.src = `${address}?${version}`;
    }
  }

  const events = new EventSource(`/.plenary/events?path=${encodeURIComponent(location.pathname)}&state=${own.dataset.plenaryPage}`);
  events.addEventListener('reload', () => {
    sessionStorage.setItem(place, JSON.stringify({ path: location.pathname, left: scrollX, top: scrollY }));
    location.reload();
  });
  events.addEventListener('files', (event) => {
    const { version, addresses } = JSON.parse(event.data);
    for (const address of addresses) swap(address, version);
  });
  events.addEventListener('problems', (event) => show(JSON.parse(event.data)));
  addEventListener('pagehide', () => events.close());
})();
