// Whether the page is dark, for colours that are not tokens.

export const isDark = () => getComputedStyle(document.documentElement).colorScheme === 'dark';

/** Calls back whenever the theme may have changed; answers how to stop that. */
export function onThemeChange(callback) {
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', callback);
  const chosen = new MutationObserver(callback);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    media.removeEventListener('change', callback);
    chosen.disconnect();
  };
}
