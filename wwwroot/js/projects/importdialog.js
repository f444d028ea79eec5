// Taking a project in from an archive: chosen, sent with its progress, and told how it went.

import { ApiError } from '../api.js';
import { h } from '../dom.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';

/** What the server says of an archive that was sent. `request`: an XMLHttpRequest that has ended. */
function answerOf(request) {
  let body = null;
  try {
    body = JSON.parse(request.responseText);
  } catch {
    // Not the server's own answer: a proxy's.
  }
  if (request.status === 201) return body;
  throw new ApiError(body?.detail || body?.title || t('error.status', { status: request.status }), { status: request.status, code: body?.code ?? 'unknown' });
}

/** Sends a file and answers what came of it. Not by fetch: that does not tell how much of a body is gone. */
function sendFile(file, name, { onSent, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = name ? `?as=${encodeURIComponent(name)}` : '';
    request.open('POST', new URL(`api/v1/projects/import${query}`, document.baseURI));
    request.setRequestHeader('Content-Type', 'application/zip');
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onSent(event.loaded / event.total));
    request.addEventListener('load', () => {
      try {
        resolve(answerOf(request));
      } catch (error) {
        reject(error);
      }
    });
    request.addEventListener('error', () => reject(new ApiError(t('error.network'))));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** Asks for an archive and imports it; answers true once a project came in. */
export function importDialog() {
  return new Promise((resolve) => {
    const abort = new AbortController();
    const file = h('input', { type: 'file', accept: '.zip,application/zip', id: 'import-file' });
    const name = h('input', { type: 'text', class: 'text-input', autocomplete: 'off', id: 'import-name', maxlength: 512 });
    const bar = h('progress', { max: 1, value: 0, hidden: true, 'aria-label': t('projects.import') });
    const said = h('p', { class: 'muted', role: 'status' });
    const fault = h('p', { class: 'field-error', role: 'alert', hidden: true });
    const go = h('button', { type: 'submit', class: 'button primary', text: t('projects.import.go') });
    const form = h('form', { class: 'import-form' },
      h('h2', { text: t('projects.import'), id: 'import-title' }), h('p', { text: t('projects.import.note') }),
      h('label', {}, h('span', { text: t('projects.import.file') }), file),
      h('label', {}, h('span', { text: t('projects.import.name') }), name, h('span', { class: 'muted', text: t('projects.import.name_note') })),
      bar, said, fault,
      h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => dialog.close() }), go));
    const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'import-title' }, form);
    let done = false;

    const show = (sent) => {
      bar.hidden = false;
      // All of it is there, and how long storing takes is not known.
      if (sent < 1) bar.value = sent;
      else bar.removeAttribute('value');
      said.textContent = sent < 1 ? t('projects.import.sent', { percent: Math.floor(sent * 100) }) : t('projects.import.busy');
    };
    const failed = (message) => {
      fault.textContent = message;
      fault.hidden = false;
      bar.hidden = true;
      said.textContent = '';
      for (const control of [file, name, go]) control.disabled = false;
    };

    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      fault.hidden = true;
      if (!file.files.length) {
        failed(t('projects.import.no_file'));
        return;
      }
      for (const control of [file, name, go]) control.disabled = true;
      show(0);
      try {
        const answer = await sendFile(file.files[0], name.value.trim(), { onSent: show, signal: abort.signal });
        done = true;
        dialog.close();
        toast(t('projects.import.done', { name: answer.project, runs: tCount('projects.runs', answer.runs) }));
      } catch (error) {
        if (!abort.signal.aborted) failed(error.message);
      }
    });
    dialog.addEventListener('close', () => {
      abort.abort();
      dialog.remove();
      resolve(done);
    });
    document.body.append(dialog);
    dialog.showModal();
    file.focus();
  });
}
