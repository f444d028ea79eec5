// What a person most likely wants to compute, before they say so. Pure.

/** Loss functions, as PyTorch defines them. */
export const LOSSES = ['cross_entropy', 'bce_with_logits', 'mse', 'l1', 'smooth_l1', 'hinge', 'nll', 'output'];

// What people call them in their configurations, without anything but letters and digits.
const CALLED = {
  crossentropy: 'cross_entropy', crossentropyloss: 'cross_entropy', ce: 'cross_entropy', categoricalcrossentropy: 'cross_entropy', softmaxcrossentropy: 'cross_entropy',
  bcewithlogits: 'bce_with_logits', bcewithlogitsloss: 'bce_with_logits', binarycrossentropywithlogits: 'bce_with_logits', bce: 'bce_with_logits',
  mse: 'mse', mseloss: 'mse', meansquarederror: 'mse', l2: 'mse', squarederror: 'mse', l1: 'l1', l1loss: 'l1', mae: 'l1', meanabsoluteerror: 'l1',
  smoothl1: 'smooth_l1', smoothl1loss: 'smooth_l1', huber: 'smooth_l1', huberloss: 'smooth_l1', hinge: 'hinge', hingeloss: 'hinge', nll: 'nll', nllloss: 'nll', negativeloglikelihood: 'nll',
};
const KEYS = ['loss', 'loss_fn', 'loss_function', 'criterion', 'objective'];

/** The loss that a text names, or null. */
export function lossNamed(text) {
  return typeof text === 'string' ? CALLED[text.toLowerCase().replace(/[^a-z0-9]/g, '')] ?? null : null;
}

/** The loss that a run's configuration names, at its top or one level below; null where it names none. */
export function lossOfConfig(config) {
  if (config === null || typeof config !== 'object') return null;
  for (const level of [config, ...Object.values(config).filter((one) => one && typeof one === 'object' && !Array.isArray(one))]) {
    for (const key of KEYS) {
      const named = lossNamed(level[key]) ?? lossNamed(level[key]?.name) ?? lossNamed(level[key]?.type);
      if (named) return named;
    }
  }
  return null;
}

/** The loss that suits a batch's targets: classes are whole numbers, one a sample; null where the file does not tell. */
export function lossOfTargets(targets) {
  if (!targets) return null;
  return /^[FB]/.test(targets.dtype) && targets.dtype !== 'BOOL' ? 'mse' : 'cross_entropy';
}

const FOR_VALIDATION = /(^|[^a-z])(val|valid|validation|test|eval|dev|holdout)([^a-z]|$)/i;
const FOR_TRAINING = /(^|[^a-z])(train|training)([^a-z]|$)/i;

/** The batch to draw: one named for training, else the first that is not named for validation, else any. */
export function likelyBatch(batches) {
  return batches.find((one) => FOR_TRAINING.test(one.name)) ?? batches.find((one) => !FOR_VALIDATION.test(one.name)) ?? batches[0] ?? null;
}

/** The batch to draw beside it: one named for validation, or null. */
export function likelyValidation(batches, first) {
  return batches.find((one) => one.name !== first?.name && FOR_VALIDATION.test(one.name)) ?? null;
}

/** The newest run that has a model and a batch, else the newest that has a model; null where none has. */
export function likelyRun(runs) {
  return runs.find((run) => run.models.length && run.batches.length) ?? runs.find((run) => run.models.length) ?? null;
}
