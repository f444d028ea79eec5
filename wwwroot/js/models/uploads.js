// Who may upload models to a project: a choice of two, saved as it is made.

import { json } from '../api.js';
import { byId } from '../dom.js';
import { t } from '../text.js';

/** Shows what is set and saves what is chosen. A reader who may not change it sees it, and no more. */
export async function showModelUploads(mayChange) {
  const box = byId('model-uploads');
  const said = byId('model-uploads-said');
  const path = `api/v1/settings/models?${new URLSearchParams({ project: box.dataset.project })}`;
  const choices = [...box.querySelectorAll('input')];
  let revision = 0;
  const show = (view) => {
    revision = view.revision;
    for (const choice of choices) choice.checked = choice.value === view.uploads;
  };
  for (const choice of choices) {
    choice.disabled = !mayChange;
    choice.addEventListener('change', async () => {
      try {
        show(await json(path, { method: 'PUT', body: { uploads: choice.value, revision } }));
        said.textContent = t('models.uploads.saved');
      } catch (error) {
        said.textContent = t('models.uploads.failed', { reason: error.message });
        // What is set now, whoever set it.
        await json(path).then(show, () => {});
      }
    });
  }
  show(await json(path));
  box.hidden = false;
}
