// Sets and stores the theme: auto, light or dark. Canvases do not follow CSS, so they read colours and get changes.

const THEMES = ['auto', 'light', 'dark'];
const root = document.documentElement;

/** Makes `button` go through the themes; `changed` runs whenever colours on screen are new ones. */
export function themeSwitch(button, changed) {
  const label = button.querySelector('[data-label]');
  const show = () => {
    const theme = root.dataset.theme ?? 'auto';
    label.textContent = theme[0].toUpperCase() + theme.slice(1);
    button.setAttribute('aria-label', `Theme: ${label.textContent}`);
  };
  button.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? 'auto') + 1) % THEMES.length];
    if (next === 'auto') delete root.dataset.theme;
    else root.dataset.theme = next;
    remember(next);
    show();
    changed();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
  show();
}

/** Returns a CSS custom property's present value as a colour for a canvas. */
export function colour(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function remember(theme) {
  try {
    localStorage.setItem('laundry-theme', theme);
  } catch {
    // Storage can be forbidden; then the choice is kept for this page only.
  }
}
