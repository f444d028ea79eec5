// One report: its name and its blocks, saved as they change.

import { may } from '../access.js';
import { json } from '../api.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, setText } from '../dom.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { createBlock } from './block.js';
import { askForPage } from './pages.js';

// Typing is saved when it pauses.
const SAVE_AFTER_MS = 700;

export class Editor {
  #report;
  #project;
  #blocks;
  #timer = 0;
  #saving = null;
  #dragged = null;
  #stop = new AbortController();

  constructor(report, project) {
    this.#report = report;
    this.#project = project;
    this.#blocks = Array.isArray(report.body.blocks) ? report.body.blocks : [];
    const name = byId('report-name');
    if (!may('write')) {
      // A heading like any other.
      for (const attribute of ['contenteditable', 'role', 'aria-label']) name.removeAttribute(attribute);
    }
    const { signal } = this.#stop;
    setText(name, report.name);
    document.title = `${report.name} · Lossboard`;
    name.addEventListener('input', () => this.#changed(), { signal });
    name.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      name.blur();
    }, { signal });
    byId('report-add-note').addEventListener('click', () => this.#add({ type: 'note', text: '', width: 'full' }, true), { signal });
    byId('report-add-page').addEventListener('click', () => askForPage(this.#project, (page) => this.#add(page)), { signal });
    addEventListener('beforeunload', (event) => this.#timer && event.preventDefault(), { signal });
    setText(byId('report-state'), '');
    byId('report-blocks').replaceChildren();
    this.#show();
  }

  get name() {
    return byId('report-name').textContent.trim() || t('reports.untitled');
  }

  /** Saves what is not saved yet and lets go of the page. */
  close() {
    if (this.#timer) this.#save();
    this.#stop.abort();
    byId('report-blocks').replaceChildren();
  }

  #add(block, edit = false) {
    this.#blocks = [...this.#blocks, block];
    this.#changed();
    this.#show();
    const element = byId('report-blocks').lastElementChild;
    element.scrollIntoView({ block: 'nearest' });
    if (edit) element.startEditing();
  }

  /** Blocks keep their elements, so that moving one does not load the others' pages again. */
  #show() {
    const root = byId('report-blocks');
    const known = new Map([...root.children].map((element) => [element.block, element]));
    let place = root.firstElementChild;
    for (const block of this.#blocks) {
      const element = known.get(block) ?? this.#create(block);
      known.delete(block);
      if (element === place) place = place.nextElementSibling;
      else root.insertBefore(element, place);
    }
    for (const element of known.values()) element.remove();
    byId('report-empty').hidden = this.#blocks.length > 0;
  }

  #create(block) {
    const element = createBlock(block, {
      changed: () => this.#changed(),
      move: (by) => this.#move(block, this.#blocks.indexOf(block) + by, element),
      remove: () => this.#remove(block),
    });
    element.block = block;
    const handle = element.querySelector('.block-handle');
    handle.addEventListener('dragstart', (event) => {
      this.#dragged = block;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setDragImage(element, 10, 10);
      element.classList.add('dragging');
    });
    handle.addEventListener('dragend', () => {
      this.#dragged = null;
      element.classList.remove('dragging');
      document.querySelectorAll('.drop-before').forEach((one) => one.classList.remove('drop-before'));
    });
    element.addEventListener('dragover', (event) => {
      if (!this.#dragged || this.#dragged === block) return;
      event.preventDefault();
      element.classList.add('drop-before');
    });
    element.addEventListener('dragleave', () => element.classList.remove('drop-before'));
    element.addEventListener('drop', (event) => {
      event.preventDefault();
      element.classList.remove('drop-before');
      if (this.#dragged) this.#move(this.#dragged, this.#blocks.indexOf(block));
    });
    return element;
  }

  #move(block, to, element) {
    const from = this.#blocks.indexOf(block);
    if (to < 0 || to >= this.#blocks.length || from < 0 || to === from) return;
    const others = this.#blocks.filter((one) => one !== block);
    others.splice(to > from && element === undefined ? to - 1 : to, 0, block);
    this.#blocks = others;
    this.#changed();
    this.#show();
    element?.querySelector('.block-handle').focus();
  }

  #remove(block) {
    const at = this.#blocks.indexOf(block);
    this.#blocks = this.#blocks.filter((one) => one !== block);
    this.#changed();
    this.#show();
    toast(t('reports.block_removed'), {
      label: t('common.undo'),
      run: () => {
        this.#blocks = this.#blocks.toSpliced(at, 0, block);
        this.#changed();
        this.#show();
      },
    });
  }

  #changed() {
    setText(byId('report-state'), t('reports.unsaved'));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  async #save() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    // One save at a time: each needs the version that the one before made.
    await this.#saving;
    this.#saving = this.#put();
    await this.#saving;
  }

  async #put() {
    const { id, version, body } = this.#report;
    const name = this.name;
    try {
      this.#report = await json(`api/v1/views/${id}`, { method: 'PUT', body: { name, body: { ...body, blocks: this.#blocks }, version } });
      hideBanner();
      if (!this.#timer) setText(byId('report-state'), t('reports.saved'));
      document.title = `${name} · Lossboard`;
    } catch (error) {
      setText(byId('report-state'), t('reports.unsaved'));
      if (error.code === 'view_changed') showBanner(t('reports.changed'), () => this.#overwrite());
      else showBanner(t('reports.save_failed', { reason: error.message }), () => this.#save());
    }
  }

  /** The reader decided that this page's state is the right one. */
  async #overwrite() {
    try {
      const { version } = await json(`api/v1/views/${this.#report.id}`);
      this.#report = { ...this.#report, version };
      await this.#save();
    } catch (error) {
      showBanner(t('reports.save_failed', { reason: error.message }), () => this.#overwrite());
    }
  }
}
