// What every page has: the live state in the top bar, theme, share, menus, copy buttons, tabs, ages that tick.

import { copyText } from './clipboard.js';
import { byId, setText } from './dom.js';
import { formatAge } from './format.js';
import { accountMenu } from './frame/account.js';
import { keepRuns } from './frame/links.js';
import { searchDialog } from './frame/search.js';
import { viewsMenu } from './frame/views.js';
import { live } from './live.js';
import { watchShare } from './share/watch.js';
import { t } from './text.js';
import { toast } from './toast.js';

const AGE_TICK_MS = 5000;
const THEMES = ['system', 'light', 'dark'];

function showLive() {
  const badge = byId('live-state');
  if (!badge || badge.hidden) return;
  const show = () => {
    badge.dataset.state = live.state;
    if (live.state === 'idle') return;
    badge.title = t(`live.title.${live.state}`);
    setText(badge.querySelector('.live-word'), t(`live.${live.state}`));
  };
  live.addEventListener('state', show);
  show();
}

function themeToggle() {
  const button = byId('theme-toggle');
  if (!button) return;
  const current = () => document.documentElement.dataset.theme ?? 'system';
  const label = () => {
    button.title = t(`shell.theme.${current()}`);
    button.setAttribute('aria-label', `${t('shell.theme')}: ${button.title}`);
  };
  button.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length];
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      if (next === 'system') localStorage.removeItem('lossboard.theme');
      else localStorage.setItem('lossboard.theme', next);
    } catch {
      // Not remembered where storage is forbidden; the choice still holds for this page.
    }
    label();
    toast(button.title);
  });
  label();
}

function languages() {
  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => {
      // A year, as a choice that is rarely made twice.
      document.cookie = `lossboard.language=${button.dataset.language}; path=${new URL(document.baseURI).pathname}; max-age=31536000; samesite=lax`;
      location.reload();
    });
  }
}

function share() {
  const button = byId('share');
  button?.addEventListener('click', async () => {
    // Asked for once in a while, so it comes when it is.
    const { copy, openShare } = await import('./share/dialog.js');
    if (button.dataset.project) openShare({ project: button.dataset.project, shareable: button.dataset.shareable === 'true' });
    else copy(location.href);
  });
}

function menus() {
  const close = (except) => document.querySelectorAll('[data-menu][open]').forEach((menu) => menu === except || menu.removeAttribute('open'));
  document.addEventListener('pointerdown', (event) => close(event.target.closest('[data-menu]')));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const menu = event.target.closest?.('[data-menu][open]');
    menu?.querySelector('summary').focus();
    close();
  });
}

function snippets() {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', async () => {
      toast(t(await copyText(byId(button.dataset.copy).querySelector('code').textContent) ? 'snippets.copied' : 'shell.copy_failed'));
    });
  }
  for (const tabs of document.querySelectorAll('[data-tabs]')) {
    const buttons = [...tabs.querySelectorAll('[role="tab"]')];
    const choose = (chosen) => {
      for (const button of buttons) {
        button.setAttribute('aria-selected', String(button === chosen));
        button.tabIndex = button === chosen ? 0 : -1;
        byId(button.getAttribute('aria-controls')).hidden = button !== chosen;
      }
      chosen.focus();
    };
    tabs.addEventListener('click', (event) => event.target.closest('[role="tab"]') && choose(event.target.closest('[role="tab"]')));
    tabs.addEventListener('keydown', (event) => {
      const at = buttons.indexOf(event.target);
      const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (at >= 0 && move) choose(buttons[(at + move + buttons.length) % buttons.length]);
    });
  }
}

function ages() {
  const tick = () => {
    for (const time of document.querySelectorAll('time[data-age]')) setText(time, formatAge(Number(time.dataset.age)));
  };
  tick();
  setInterval(tick, AGE_TICK_MS);
}

// On a narrow screen the rail scrolls; where the reader is stays in sight.
document.querySelector('.rail [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
showLive();
themeToggle();
languages();
keepRuns();
share();
watchShare();
menus();
accountMenu();
const project = new URLSearchParams(location.search).get('project');
if (project) {
  viewsMenu(project);
  searchDialog(project);
}
snippets();
ages();
