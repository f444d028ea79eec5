// How a training script hands over vectors.

import { codeSnippet } from '../compute/snippet.js';

const text = (project) => `import lossboard

with lossboard.init(${JSON.stringify(project)}, "my-run", server="${document.baseURI.replace(/\/$/, '')}") as run:
    # a row of numbers for each sample; what is known of it, by column
    run.log_embedding("penultimate", vectors, {"label": labels}, step=epoch)`;

const example = (project) => ({
  project, run: 'my-run',
  events: [{ type: 'embedding', tag: 'penultimate', step: 0, vectors: [[0.1, 0.2, 0.3], [0.2, 0.1, 0.4]], metadata: { label: ['cat', 'dog'] } }],
});

// Inside single quotes a shell knows nothing but the quote that ends them.
const curl = (project) => `curl ${document.baseURI}api/v1/events -H 'Content-Type: application/json' -d '${JSON.stringify(example(project)).replace(/'/g, `'\\''`)}'`;

/** The script, and the same as a command, each with a button that copies it. */
export const embeddingSnippet = (project) => codeSnippet([text(project), curl(project)]);
