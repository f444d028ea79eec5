import assert from 'node:assert/strict';
import test from 'node:test';
import { folderOf, groupTags, tagMatcher, WATCHED } from '../../wwwroot/js/tags.js';

test('tags are grouped by their first folder, in natural order, those without one last', () => {
  assert.deepEqual(groupTags(['loss', 'layer10/w', 'layer2/w', 'layer2/a/b']), [
    { name: 'layer2', tags: ['layer2/a/b', 'layer2/w'] }, { name: 'layer10', tags: ['layer10/w'] }, { name: '', tags: ['loss'] },
  ]);
});

test('what clients log by themselves comes after what a person logged', () => {
  const names = groupTags(['gradients/a', 'system/cpu_percent', 'loss', 'train/loss', 'activations/b'], WATCHED).map(({ name }) => name);
  assert.deepEqual(names, ['train', '', 'activations', 'gradients', 'system']);
});

test('a tag that begins with a slash has no folder', () => {
  assert.equal(folderOf('/loss'), '');
});

test('a tag filter is a regular expression, and one that is none is refused', () => {
  assert.ok(tagMatcher('^train/(loss|acc)')('Train/Loss'));
  assert.throws(() => tagMatcher('('), SyntaxError);
});
