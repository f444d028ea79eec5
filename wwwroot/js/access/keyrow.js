// One key in the list.

import { json } from '../api.js';
import { h, icon, nameText, setText } from '../dom.js';
import { formatAge, formatTime } from '../format.js';
import { confirmDialog } from '../runs/dialog.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

const NOW = () => Date.now() / 1000;

export class KeyRow {
  #key;
  #state = h('span', { class: 'access-state' });
  #line = h('p', { class: 'access-line muted' });
  #role = h('span', { class: 'access-role' });
  #changed;

  /** `changed` is called once the key is revoked. */
  constructor(key, changed) {
    this.#changed = changed;
    const revoke = h('button', { type: 'button', class: 'button small', onclick: () => this.#revoke() }, icon('trash'), t('keys.revoke'), h('span', { class: 'visually-hidden', text: `: ${key.name}` }));
    this.element = h('li', { class: 'card access-item', data: { key: key.id } },
      h('div', { class: 'access-item-head' }, nameText(key.name, 'access-name ellipsis'), this.#role, this.#state, h('span', { class: 'toolbar-space' }), revoke),
      h('p', { class: 'access-line' }, h('code', { class: 'access-hint', text: key.hint }), key.project === null ? h('span', { text: t('keys.every_project') }) : nameText(key.project)),
      this.#line);
    this.show(key);
  }

  show(key) {
    this.#key = key;
    this.element.dataset.state = key.state;
    setText(this.#role, t(`keys.role.${key.role}`));
    this.#role.title = t(`keys.role.${key.role}.about`);
    setText(this.#state, key.state === 'valid' ? '' : t(`keys.state.${key.state}`));
    this.#line.replaceChildren(...[
      key.maker === null ? t('keys.made_ago', { age: formatAge(key.created) }) : t('keys.made_by', { age: formatAge(key.created), maker: key.maker }),
      expiry(key),
      key.last_used === null ? t('keys.never_used') : t('keys.used', { age: formatAge(key.last_used), address: key.last_address ?? '?' }),
    ].map((text) => h('span', { text })));
  }

  async #revoke() {
    const { id, name } = this.#key;
    if (!await confirmDialog({ title: t('keys.revoke_title', { name }), body: [t('keys.revoke_text')], action: t('keys.revoke') })) return;
    try {
      await json(`api/v1/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
      toast(t('keys.revoked'));
    } catch (error) {
      toast(t('keys.failed', { reason: error.message }));
    }
    this.#changed();
  }
}

function expiry({ expires }) {
  if (expires === null) return t('keys.no_expiry');
  return t(expires > NOW() ? 'keys.expires' : 'keys.expired', { time: formatTime(expires) });
}
