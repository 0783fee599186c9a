/**
 * Drives the real window from start to end: sample, report, evidence, charts, explorer, answers, training, cancelling, failure.
 *
 * APP: the program; by default the one that `cargo build` makes. OUT: where the screenshots go; by default ui/e2e/out.
 * APPROVE=1 keeps what is seen as the approved screenshots in ui/e2e/approved. Needs a display: `xvfb-run -a npm run e2e`.
 */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Key } from 'selenium-webdriver';

import { checkCompare, checkDrift, prepareCompare } from './compare.js';
import { checkCraft, prepareCraft } from './craft.js';
import { withWindow } from './driver.js';
import { checkKeep } from './keep.js';
import { checkLive, checkLiveEnd, checkTemplates } from './live.js';
import { checkLibrary, checkModels, checkSettings, part, shotModels } from './models.js';
import { Page } from './page.js';
import { checkScope } from './scope.js';
import { checkShell } from './shell.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const app = resolve(process.env.APP ?? join(root, 'target/debug/openstack-rca-desktop'));
const out = resolve(process.env.OUT ?? join(root, 'ui/e2e/out'));
const sample = 'database_connections';

/** The facts of a sample's truth: the first fault's. */
async function truth(id) {
  const text = await readFile(join(root, 'sample_logs', id, 'truth.toml'), 'utf8');
  const fault = text.slice(text.indexOf('[[fault]]'));
  const value = (name) => new RegExp(`^${name} = "(.*)"$`, 'm').exec(fault)?.[1];
  return { category: value('category'), subsystem: value('subsystem'), service: value('service') };
}

/** Normal logs, many times over: enough to be at work for a while. */
async function manyLogs(folder, megabytes) {
  const from = join(root, 'sample_logs/healthy_day/logs');
  const files = (await readdir(from, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))));
  const all = Buffer.concat(texts);
  const whole = Buffer.concat(Array.from({ length: Math.ceil((megabytes * 1e6) / all.length) }, () => all));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'nova-compute.log'), whole);
}

async function openSample(page) {
  await page.screen('start');
  await page.find('[data-sample]', 'the samples');
  await page.shot('start-light');
  await page.click(`[data-sample="${sample}"]`);
  await page.screen('overview');
}

async function checkCause(page) {
  const expected = await truth(sample);
  const verdict = await page.find('[data-verdict="incident"]');
  assert.equal(await verdict.getAttribute('data-category'), expected.category, 'the category is the true one');
  const cause = await page.find('[data-cause="1"]');
  assert.equal(await cause.getAttribute('data-subsystem'), expected.subsystem, 'the first cause is in the true subsystem');
  assert.equal(await cause.getAttribute('data-service'), expected.service, 'the first cause is in the true service');
  await page.find('[data-activity]', 'the bars of the overview');
  await page.shot('report-light');
}

async function checkEvidence(page) {
  const citation = await page.find('[data-cause="1"] [data-cite]');
  const id = await citation.getAttribute('data-cite');
  await citation.click();
  await page.screen('evidence');
  const record = await page.text(`[data-evidence="${id}"] pre`);
  assert.ok(record.trim().length > 0, 'a citation leads to the raw record');
  await page.shot('evidence-light');
  const all = await page.count('[data-evidence]');
  await page.fill('input[type="search"]', 'no line has these words');
  await page.until(async () => (await page.count('[data-evidence]')) === 0, 'a filter that nothing matches shows nothing');
  await page.fill('input[type="search"]', '');
  await page.until(async () => (await page.count('[data-evidence]')) === all, 'all evidence is back');
}

async function checkCharts(page) {
  await page.control('5');
  await page.screen('patterns');
  await page.charts(3);
  await page.shot('charts-light');
  await page.go('timeline');
  await page.shot('timeline-light');
}

/** How many events are found, once the search has come to its end. */
async function found(page) {
  return Number(await (await page.find('[data-found]', 'a search to end')).getAttribute('data-found'));
}

/** Searches as a user would, and gives how many events are found. */
async function search(page, query) {
  await page.fill('#query', query);
  const asked = async () => (await page.count('[data-found]')) > 0 && (await (await page.find('[data-found]')).getAttribute('data-asked')) === query;
  await page.until(asked, `it was searched for ${query}`);
  return found(page);
}

async function checkExplorer(page) {
  await page.go('evidence');
  // A citation may have opened it before.
  if ((await page.count('[data-evidence="E1"] [data-do="explore"]')) === 0) await page.click('[data-evidence="E1"] .line');
  await page.click('[data-evidence="E1"] [data-do="explore"]');
  await page.screen('explorer');
  await page.find('[data-event][aria-selected="true"]', 'the line of the evidence, chosen');
  await page.find('[data-detail] pre', 'its record');
  await page.find('[data-facet="level"] [data-value]', 'the facets');
  await page.shot('explorer-evidence-light');
  const all = await found(page);
  await page.press(Key.ESCAPE);
  await page.until(async () => (await page.count('[data-detail]')) === 0, 'the record is closed');
  await page.shot('explorer-full-light');
  await page.click('[data-facet="level"] [data-value="error"] .value');
  await page.until(async () => (await found(page)) < all, 'a facet narrows what is found');
  const errors = await found(page);
  assert.ok(errors > 0, 'there are errors in an incident');
  assert.equal(await page.value('#query'), 'level:error', 'the facet is a term of the query');
  await page.click('[data-do="back"]');
  await page.until(async () => (await found(page)) === all, 'back shows all events again');
  await page.click('[data-do="forward"]');
  await page.until(async () => (await found(page)) === errors, 'forward shows the errors again');
}

/** From an event to its request, to its file, and back. */
async function checkFollowing(page) {
  assert.ok((await search(page, 'request:req-* level:>=error')) > 0, 'requests have failed');
  await page.click('[data-event]');
  await page.click('[data-do="follow-request"]');
  await page.until(async () => /^request:req-[^*]+$/.test(await page.value('#query')), 'the request is followed');
  await page.find('[data-event][aria-selected="true"]', 'the event is still chosen');
  await page.shot('explorer-request-light');
  const place = await (await page.find('[data-detail] .place')).getAttribute('title');
  await page.click('[data-do="show-file"]');
  const line = await page.text('[data-line].here');
  assert.equal(line.trim().split(/\s/)[0], place.split(':').pop(), 'the file is shown at the line of the event');
  await page.shot('explorer-file-light');
  await page.alt(Key.ARROW_LEFT);
  await page.until(async () => (await page.count('[data-raw]')) === 0, 'back closes the file');
}

async function checkQueries(page) {
  await page.fill('#query', '"unclosed');
  await page.find('#query-failure', 'what is wrong with the query');
  await page.shot('explorer-wrong-light');
  assert.equal(await search(page, 'no event has service:these words'), 0, 'nothing is found');
  await page.find('[data-empty]', 'what to loosen');
  await page.shot('explorer-empty-light');
  await search(page, 'instance -level:debug /time(d )?out|error|fail/');
  await page.find('[data-event] mark', 'the words marked that were searched for');
  await page.shot('explorer-search-light');
  await page.click('[data-do="help"]');
  await page.shot('explorer-help-light');
  await search(page, '');
  await page.brush('[data-bars]', 0.4, 0.6);
  await page.until(async () => /^time:/.test(await page.value('#query')), 'a time is chosen');
  await page.find('[data-event]');
  await page.shot('explorer-time-light');
  await page.click('[data-do="all-times"]');
  await page.until(async () => (await page.value('#query')) === '', 'all times are back');
}

async function checkAnswers(page) {
  await page.go('overview');
  await page.find('[data-activity]');
  await page.control('j');
  await page.fill('#question', '');
  await (await page.find('#question')).sendKeys('What is the root cause?', Key.ENTER);
  await page.find('[data-answer] [data-cite]', 'an answer that cites its evidence');
  await page.shot('ask-light');
  await page.press(Key.ESCAPE);
  await page.until(async () => (await page.count('#question')) === 0, 'the panel is closed');
}

async function checkIssue(page) {
  await page.fill('#issue', 'the dashboard and all APIs answer with internal server errors');
  await page.click('[data-do="again"]');
  await page.until(async () => /Relevant to the issue/.test(await page.text('main')), 'the report is about the issue');
  await page.find('[data-cause="1"]');
}

/** Trains briefly to the end, then again without end, and cancels that. */
async function checkTraining(page) {
  await part(page, 'train');
  await page.shot('train-light');
  await page.fill('#training-folder', join(root, 'sample_logs/healthy_day/logs'));
  await page.fill('[data-field="name"] input', 'end-to-end');
  await page.fill('[data-field="epochs"] input', '2');
  await page.fill('[data-field="sequence_length"] input', '20');
  await page.click('[data-do="train"]');
  await page.find('[data-result="end-to-end"]', 'a model');
  await page.charts(1);
  await page.shot('trained-light');
  await page.fill('[data-field="epochs"] input', '1000');
  await page.fill('[data-field="patience"] input', '1000');
  await page.click('[data-do="train"]');
  await page.charts(1);
  await page.shot('training-light');
  await page.click('[data-do="cancel-training"]');
  await page.find('[data-do="train"]:not(:disabled)', 'training to be idle again');
  assert.equal(await page.count('[role="alert"]'), 0, 'cancelling is no failure');
  await page.find('[data-interrupted="on"]', 'the training that was interrupted');
  await page.shot('train-interrupted-light');
  await page.click('[data-do="fresh"]');
  await page.find('[data-interrupted="over"]', 'a new start');
}

async function dark(page) {
  await page.theme('dark');
  await shotModels(page, 'dark');
  await part(page, 'train');
  for (const name of ['start', 'overview', 'evidence', 'timeline', 'patterns', 'explorer', 'live', 'train']) {
    await page.go(name);
    if (name === 'patterns') await page.charts(3);
    await page.shot(`${name === 'overview' ? 'report' : name === 'patterns' ? 'charts' : name}-dark`);
  }
}

async function small(page) {
  await page.resize(800, 600);
  await shotModels(page, 'small-dark');
  await part(page, 'train');
  for (const name of ['start', 'overview', 'evidence', 'patterns', 'explorer', 'live', 'train']) {
    await page.go(name);
    await page.shot(`${name}-small-dark`);
    assert.equal(await page.excess(), 0, `the screen ${name} fits a small window`);
  }
}

/** What lies beside the events of a large window lies over those of a small one. */
async function smallExplorer(page) {
  await page.go('explorer');
  await page.click('[data-do="filters"]');
  await page.shot('explorer-filters-small-dark');
  await page.click('[data-facets] header button');
  // The event chosen before lies over the list.
  if ((await page.count('[data-detail]')) > 0) await page.click('[data-do="close-detail"]');
  await page.click('[data-event]');
  await page.find('[data-detail] pre');
  await page.shot('explorer-detail-small-dark');
  assert.equal(await page.excess(), 0, 'an event fits a small window');
}

/** Cancels an analysis that a folder on the command line began. */
async function checkCancel(page) {
  await page.screen('progress');
  await page.shot('progress-dark');
  await page.go('explorer');
  await page.find('[data-preview] [data-event]', 'the first events, while the analysis runs');
  await page.shot('explorer-preview-dark');
  await page.click('[data-go="start"]');
  await page.screen('progress');
  await page.click('[data-do="cancel"]');
  await page.screen('start');
  assert.equal(await page.count('[role="alert"]'), 0, 'cancelling is no failure');
}

async function checkFailure(page, folder) {
  const alert = await page.text('[role="alert"]');
  assert.ok(alert.includes(folder), 'a failure names the path');
  assert.match(alert, /choose the folder/i, 'a failure names its remedy');
  await page.find('[role="alert"] button', 'a button that helps');
  await page.shot('failure-dark');
}

async function main() {
  const home = await mkdtemp(join(tmpdir(), 'openstack-rca-'));
  const [empty, many, growing, other] = ['empty', 'many', 'growing', 'other'].map((name) => join(home, name));
  await mkdir(out, { recursive: true });
  await mkdir(empty);
  await manyLogs(many, 400);
  const healthy = join(root, 'sample_logs/healthy_day/logs');
  await cp(healthy, growing, { recursive: true });
  const good = await prepareCompare(other, healthy);
  const started = (args, work, its = home) =>
    withWindow({ app, args, home: its }, async (driver) => {
      const page = new Page(driver, out);
      // The window comes back in the size that the step before has left.
      await page.resize(1280, 800);
      await work(page);
    });
  try {
    await started([], async (page) => {
      await page.resize(1280, 800);
      for (const step of [openSample, checkCause, checkScope, checkEvidence, checkCharts, checkExplorer, checkFollowing, checkQueries, checkTemplates, checkAnswers, checkIssue, checkLibrary, checkTraining, checkModels, checkSettings, dark, small, smallExplorer]) {
        console.log(`  ${step.name}`);
        await step(page, join(home, 'data/openstack-rca/models'));
      }
    });
    console.log('  checkCraft');
    await started([], checkCraft, await prepareCraft(join(home, 'craft'), healthy));
    console.log('  checkCancel');
    await started([many], checkCancel);
    await started([growing], async (page) => {
      for (const step of [checkLive, checkLiveEnd]) {
        console.log(`  ${step.name}`);
        await step(page, growing);
      }
    });
    await started(
      [],
      async (page) => {
        await page.resize(1280, 800);
        for (const step of [checkCompare, checkDrift]) {
          console.log(`  ${step.name}`);
          await step(page, good);
        }
      },
      other,
    );
    console.log('  checkShell');
    await checkShell({ app, out, home: other, many, logs: healthy });
    await checkKeep((work) => started([], work, join(home, 'keep')));
    console.log('  checkFailure');
    await started([empty], (page) => checkFailure(page, empty));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
  console.log(`the window does what it should; screenshots are in ${out}`);
}

await main();
