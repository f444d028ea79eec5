import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRights } from '../../wwwroot/js/access.js';

test('rights are those that the server wrote, and no others', () => {
  assert.deepEqual([...parseRights('read write')], ['read', 'write']);
  assert.deepEqual([...parseRights('read everything ')], ['read']);
  assert.deepEqual([...parseRights('')], []);
  assert.deepEqual([...parseRights(undefined)], []);
});
