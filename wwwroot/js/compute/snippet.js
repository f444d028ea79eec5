// How a training script hands over what landscapes and curvature need.

import { copyText } from '../clipboard.js';
import { h, icon } from '../dom.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

const text = (project) => `from lossboard import SummaryWriter

writer = SummaryWriter(server="${document.baseURI.replace(/\/$/, '')}", project=${JSON.stringify(project)}, run="my-run")
writer.add_model(model, example_inputs)             # once: the network, as TorchScript
writer.add_batch(inputs, targets)                   # what the loss is computed on
for epoch in range(epochs):
    ...
    writer.add_checkpoint(model.state_dict(), step) # now and then: the path of training
writer.close()`;

/** Pieces of code, each with a button that copies it. */
export function codeSnippet(codes) {
  return h('div', { class: 'snippets compute-snippet' }, ...codes.map((code) => h('div', { class: 'snippet' }, h('pre', { tabindex: '0' }, h('code', { text: code })),
    h('button', { type: 'button', class: 'button', onclick: async () => toast(t(await copyText(code) ? 'snippets.copied' : 'shell.copy_failed')) }, icon('copy'), t('snippets.copy')))));
}

/** The script of a model. */
export const modelSnippet = (project) => codeSnippet([text(project)]);
