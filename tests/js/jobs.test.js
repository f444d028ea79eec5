import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { Follower } from '../../wwwroot/js/jobs/follower.js';
import { curlOf } from '../../wwwroot/js/jobs/curl.js';
import { filtered, formatState, parseState } from '../../wwwroot/js/jobs/pagestate.js';
import { canRetry, isOpen, newestFirst, resultPage, secondsOf } from '../../wwwroot/js/jobs/state.js';
import { measured, roughTime, timeLeft } from '../../wwwroot/js/jobs/words.js';
import { workerTrouble } from '../../wwwroot/js/jobs/workers.js';

const job = (id, status, kind = 'landscape', more = {}) => ({ id, status, kind, project: 'a & b', created: Number(id), ...more });

test('the state survives the address, and nonsense is left out', () => {
  for (const state of [{ status: null, kind: null, job: null }, { status: 'failed', kind: 'hessian', job: 'x&y' }]) {
    assert.deepEqual(parseState(withChanges(new URLSearchParams(), formatState(state))), state);
  }
  assert.deepEqual(parseState(new URLSearchParams('status=odd&kind=probe')), { status: null, kind: null, job: null });
});

test('filters keep the open job in sight', () => {
  const jobs = [job('3', 'running'), job('2', 'failed', 'hessian'), job('1', 'failed')];
  assert.deepEqual(filtered(jobs, { status: 'failed', kind: null, job: null }).map((one) => one.id), ['2', '1']);
  assert.deepEqual(filtered(jobs, { status: 'failed', kind: 'landscape', job: '3' }).map((one) => one.id), ['3', '1']);
});

test('what can be done follows from the status', () => {
  assert.deepEqual(['queued', 'running', 'succeeded', 'failed', 'cancelled'].map((status) => [isOpen({ status }), canRetry({ status })]),
    [[true, false], [true, false], [false, false], [false, true], [false, true]]);
});

test('jobs are in a firm order, the newest first', () => {
  assert.deepEqual([job('1', 'queued'), { ...job('2', 'queued'), created: 1 }, job('3', 'queued')].sort(newestFirst).map((one) => one.id), ['3', '2', '1']);
});

test('a result has the page of its kind, whatever the project is called', () => {
  assert.equal(resultPage(job('1', 'succeeded')), 'landscapes?project=a+%26+b&job=1');
  assert.equal(resultPage(job('1', 'succeeded', 'hessian')), 'curvature?project=a+%26+b&job=1');
  assert.equal(resultPage(job('1', 'succeeded', 'probe')), null);
});

test('durations run from the start to the end, or until now', () => {
  assert.equal(secondsOf({ started: null }), null);
  assert.equal(secondsOf({ started: 10, finished: 12.5 }, 100), 2.5);
  assert.equal(secondsOf({ started: 10, finished: null }, 100), 90);
  // A clock that is behind the server's.
  assert.equal(secondsOf({ started: 10, finished: null }, 9), 0);
  assert.equal(measured(3.26), '3.3s');
  assert.equal(measured(75), '1m 15s');
});

// Without a page there are no texts, so that keys stand for them.
test('a guess is told to the accuracy of a guess', () => {
  assert.equal(roughTime(0.2), 'jobs.time.below_second');
  assert.equal(roughTime(42), 'jobs.time.seconds');
  assert.equal(roughTime(400), 'jobs.time.minutes');
  assert.equal(roughTime(9000), 'jobs.time.hours');
  assert.equal(timeLeft({ status: 'running', seconds_left: null }), null);
  assert.equal(timeLeft({ status: 'queued', seconds_left: 4 }), null);
  assert.equal(timeLeft({ status: 'running', seconds_left: 0.1 }), 'jobs.left.soon');
});

test('a command survives the quotes of names', () => {
  assert.ok(curlOf({ name: "it's" }, 'http://h/').includes(`it'\\''s`));
  assert.ok(curlOf({}, 'http://h/').startsWith('curl http://h/api/v1/jobs '));
});

test('trouble is told of workers that could compute it, else of all', () => {
  const worker = (kinds, problem = null) => ({ kinds, problem, lanes: ['cpu'] });
  assert.equal(workerTrouble({ items: [worker(['landscape'])], local: 'running', problem: null }, 'landscape'), null);
  assert.deepEqual(workerTrouble({ items: [worker(['landscape'], 'slow')], local: 'running', problem: null }, 'landscape'), { nobody: false, text: 'slow' });
  const none = workerTrouble({ items: [worker([], 'install libtorch')], local: 'running', problem: null }, 'landscape');
  assert.ok(none.nobody && none.text.includes('install libtorch'));
  assert.ok(workerTrouble({ items: [], local: 'failed', problem: 'no program' }, 'hessian').text.includes('jobs.workers.local.failed'));
});

test('what is told of a job while it is being asked for is not lost under the older answer', async (t) => {
  globalThis.document ??= { baseURI: 'http://localhost/' };
  let answer;
  t.mock.method(globalThis, 'fetch', () => new Promise((resolve) => { answer = resolve; }));
  const read = [];
  class Reader extends Follower {
    read() {
      read.push(this.job.status);
    }
  }
  const reader = new Reader();
  const followed = reader.follow('7');
  assert.equal(reader.take(job('7', 'succeeded')), false);
  answer(Response.json(job('7', 'running')));
  await followed;
  assert.deepEqual(read, ['succeeded']);
  assert.equal(reader.take(job('7', 'queued')), true);
  assert.equal(reader.job.status, 'queued');
});
