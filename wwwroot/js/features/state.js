// What the Features page shows, as parameters of its address and back. Pure.

export const KINDS = ['saliency', 'activations', 'gradients'];
export const READINGS = ['auto', 'image', 'sequence', 'table'];
export const OVERLAY = 65;

const whole = (text, otherwise) => (/^\d+$/.test(text ?? '') ? Number(text) : otherwise);

export function parseState(params) {
  return {
    job: params.get('job') || null,
    // Number among the samples that have maps, not within the batch.
    sample: whole(params.get('sample'), 0),
    overlay: Math.min(100, whole(params.get('overlay'), OVERLAY)),
    as: READINGS.includes(params.get('as')) ? params.get('as') : 'auto',
    module: params.get('module') || null,
    page: whole(params.get('page'), 0),
    parameter: params.get('parameter') || null,
  };
}

/** The parameters of a state, null for defaults. */
export const formatState = ({ job, sample, overlay, as, module, page, parameter }) => ({
  job, sample: sample ? String(sample) : null, overlay: overlay === OVERLAY ? null : String(overlay), as: as === 'auto' ? null : as, module, page: page ? String(page) : null, parameter,
});
