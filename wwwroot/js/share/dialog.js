// Shares what the page shows: its address for teammates, a link for others, a file for whoever has no network.

import { may } from '../access.js';
import { json } from '../api.js';
import { copyText } from '../clipboard.js';
import { h, icon, nameText } from '../dom.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { saveSnapshot } from './snapshot.js';
import { isListOfReports, runsOfPage, tagsOfPage, viewOfPage } from './subject.js';

const DAY = 86400;
const EXPIRIES = [['1', DAY], ['7', 7 * DAY], ['30', 30 * DAY], ['never', null]];
const field = (label, control, hint) => h('label', { class: 'share-field' }, h('span', { text: label }), control, hint ? h('small', { class: 'muted', text: hint }) : null);

/** Copies a text and says so. */
export async function copy(text) {
  toast(t(await copyText(text) ? 'share.copied' : 'shell.copy_failed'));
}

/** @param {{ project: string, shareable: boolean }} page */
export function openShare({ project, shareable }) {
  const name = document.title.split(' · ')[0];
  const onThisMachine = document.body.dataset.shareLocal === 'true';
  const place = h('div', { class: 'share-link' });
  const snapshot = h('button', { type: 'button', class: 'button', onclick: save }, icon('download'), t('share.snapshot'));
  const dialog = h('dialog', { class: 'dialog share-dialog', 'aria-labelledby': 'share-title' },
    h('div', { class: 'share-head' }, h('h2', { id: 'share-title', text: t('share.title') }),
      h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': t('common.close'), title: t('common.close'), onclick: () => dialog.close() }, icon('close'))),
    h('div', { class: 'share-ways' },
      h('button', { type: 'button', class: 'button', onclick: () => copy(location.href) }, icon('copy'), t('share.copy_address')), snapshot),
    h('p', { class: 'muted', text: t('share.ways_hint') }),
    place);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  if (isListOfReports()) place.append(h('p', { class: 'muted', text: t('share.no_report') }));
  else if (shareable && may('write')) form();
  else if (shareable) place.append(h('p', { class: 'muted', text: t('share.not_allowed') }));
  else place.append(h('p', { class: 'muted', text: t('share.not_shareable') }));

  async function save() {
    snapshot.disabled = true;
    // The dialog keeps the page from being seen, and with it what is drawn only when it is seen.
    dialog.close();
    try {
      await saveSnapshot(name);
    } catch (error) {
      toast(t('share.snapshot_failed', { reason: error.message }));
    }
  }

  async function form() {
    place.replaceChildren(h('p', { class: 'muted', role: 'status', text: t('common.loading') }));
    try {
      const runs = await runsOfPage(project);
      if (runs.shown.length === 0) place.replaceChildren(h('p', { class: 'muted', text: t('share.no_runs') }));
      else place.replaceChildren(makeForm(runs));
    } catch (error) {
      place.replaceChildren(h('p', { class: 'field-error', role: 'alert', text: error.message }));
    }
  }

  function makeForm({ shown, left }) {
    const tags = tagsOfPage();
    const chosen = new Set(shown.map((run) => run.id));
    const counted = h('span', { text: tCount('share.runs', chosen.size) });
    const list = h('ul', { class: 'share-runs' }, ...shown.map((run) => {
      const box = h('input', { type: 'checkbox', checked: true });
      box.addEventListener('change', () => {
        if (box.checked) chosen.add(run.id);
        else chosen.delete(run.id);
        counted.textContent = tCount('share.runs', chosen.size);
        make.disabled = chosen.size === 0;
      });
      return h('li', {}, h('label', {}, box, nameText(run.name)));
    }));
    const title = h('input', { type: 'text', class: 'input', maxlength: '200', value: name, autocomplete: 'off' });
    const expires = h('select', { class: 'select' }, ...EXPIRIES.map(([key]) => h('option', { value: key, text: t(`share.expires.${key}`), selected: key === '7' })));
    const password = h('input', { type: 'password', class: 'input', minlength: '8', maxlength: '200', autocomplete: 'new-password' });
    const origins = h('textarea', { class: 'input', rows: '2', spellcheck: 'false', placeholder: 'https://wiki.example.org' });
    const fault = h('p', { class: 'field-error', role: 'alert' });
    const make = h('button', { type: 'submit', class: 'button primary' }, icon('link'), t('share.make'));
    const tagChoice = tags.length === 0 ? null : h('fieldset', { class: 'share-tags' }, h('legend', { text: t('share.tags') }),
      h('label', {}, h('input', { type: 'radio', name: 'share-tags', value: 'all', checked: true }), h('span', { text: t('share.tags.all') })),
      h('label', {}, h('input', { type: 'radio', name: 'share-tags', value: 'view' }), h('span', { text: tCount('share.tags.view', tags.length) })));
    const element = h('form', { class: 'share-form' },
      h('h3', { text: t('share.link') }), h('p', { class: 'muted', text: t('share.link_hint') }),
      onThisMachine ? h('p', { class: 'share-local', text: t('share.local') }) : null,
      h('details', { class: 'share-what' }, h('summary', {}, counted), list),
      left > 0 ? h('p', { class: 'muted', text: tCount('share.report_left', left) }) : null,
      tagChoice,
      field(t('share.name'), title),
      h('div', { class: 'share-pair' }, field(t('share.expires'), expires), field(t('share.password.optional'), password, t('share.password.hint'))),
      // Without accounts a frame would hold a page with all rights.
      onThisMachine ? null : h('details', { class: 'share-what' }, h('summary', { text: t('share.embed') }), field(t('share.embed.origins'), origins, t('share.embed.hint'))),
      fault, h('p', { class: 'dialog-actions' }, h('a', { class: 'button quiet', href: `links?${new URLSearchParams({ project })}`, text: t('share.all_links') }), make));
    element.addEventListener('submit', async (event) => {
      event.preventDefault();
      make.disabled = true;
      fault.textContent = '';
      const ids = shown.map((run) => run.id).filter((id) => chosen.has(id));
      const lasts = EXPIRIES.find(([key]) => key === expires.value)[1];
      try {
        const made = await json('api/v1/share-links', {
          method: 'POST',
          body: {
            project, run_ids: ids, tags: element.elements['share-tags']?.value === 'view' ? tags : null, view: viewOfPage(ids), title: title.value.trim(),
            expires: lasts && Math.floor(Date.now() / 1000) + lasts, password: password.value || null, embed_origins: origins.value.split(/\s+/).filter(Boolean),
          },
        });
        place.replaceChildren(result(made, password.value !== ''));
        place.querySelector('.button').focus();
      } catch (error) {
        fault.textContent = error.message;
        make.disabled = false;
      }
    });
    return element;
  }

  function result(made, withPassword) {
    const shown = (label, text) => h('div', { class: 'share-made' }, h('label', { class: 'share-field' }, h('span', { text: label }), h('input', { type: 'text', class: 'input', readonly: true, value: text, onfocus: (event) => event.target.select() })),
      h('button', { type: 'button', class: 'button', onclick: () => copy(text) }, icon('copy'), t('share.copy')));
    return h('div', { class: 'share-result', role: 'status' },
      h('h3', { text: t('share.made') }), h('p', { class: 'muted', text: t(withPassword ? 'share.made_password' : 'share.made_hint') }),
      shown(t('share.the_link'), made.url),
      made.embed_url ? shown(t('share.the_frame'), `<iframe src="${made.embed_url}" width="800" height="480" title="Lossboard" style="border:0"></iframe>`) : null,
      h('p', { class: 'dialog-actions' }, h('a', { class: 'button quiet', href: `links?${new URLSearchParams({ project })}`, text: t('share.all_links') })));
  }
}
