// How a checkpoint gets back into a model.

import { codeSnippet } from '../compute/snippet.js';
import { h } from '../dom.js';
import { t } from '../text.js';
import { addressOf } from './source.js';

/** Names of a run are any text: JSON's escapes are Python's and C#'s as well. */
const quoted = (text) => JSON.stringify(text);

export function snippets(runId, artifact) {
  const url = new URL(addressOf(runId, artifact), document.baseURI).href;
  const file = artifact.name.slice(artifact.name.lastIndexOf('/') + 1);
  return {
    python: `import urllib.request\nfrom lossboard import safetensors\n\nurllib.request.urlretrieve(${quoted(url)}, ${quoted(file)})\nmodel.load_state_dict(safetensors.load(${quoted(file)}))`,
    csharp: `// dotnet add package TorchSharp.PyBridge\nusing TorchSharp.PyBridge;\n\nusing var http = new HttpClient();\nawait File.WriteAllBytesAsync(${quoted(file)}, await http.GetByteArrayAsync(${quoted(url)}));\nmodel.load_safetensors(${quoted(file)});`,
  };
}

/** The snippets of a checkpoint, PyTorch first. */
export function restoreParts(runId, artifact) {
  const { python, csharp } = snippets(runId, artifact);
  const part = (title, code) => h('div', { class: 'restore-part' }, h('h3', { text: title }), codeSnippet([code]));
  return [part(t('checkpoints.restore.python'), python), part(t('checkpoints.restore.csharp'), csharp)];
}
