/** The parts of the end-to-end test that change things: logs that grow, and templates that are edited. */
import assert from 'node:assert/strict';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const log = 'compute01/nova/nova-compute.log';
const line = (level, text, second) => `2025-03-20 15:00:0${second}.000 7 ${level} nova.compute.manager [None req-00000000-0000-4000-8000-00000000000${second} - - - - -] ${text}\n`;
const figure = async (page, name) => Number(await (await page.find('[data-live]')).getAttribute(`data-${name}`));

/** Follows a folder, to which lines are written meanwhile. */
export async function checkLive(page, folder) {
  await page.screen('overview');
  await page.go('live');
  await page.shot('live-idle-dark');
  await page.click('[data-do="start-live"]');
  await page.find('[data-live="following"]', 'the logs to be followed');
  await appendFile(join(folder, log), line('INFO', 'VM Started (Lifecycle Event)', 1) + line('ERROR', 'Instance failed to spawn: the hypervisor has lost its mind', 2));
  await page.until(async () => (await figure(page, 'events')) === 2, 'both events are counted');
  await page.until(async () => (await figure(page, 'anomalies')) === 1, 'the error is out of the ordinary');
  await appendFile(join(folder, log), line('ERROR', 'Instance failed to spawn: the hypervisor has lost its mind', 3));
  await page.until(async () => /× 2/.test(await page.text('[data-seen]')), 'the same error is counted on');
  assert.ok(Number(await (await page.find('[data-growth]')).getAttribute('data-marks')) > 0, 'the chart marks it');
  await page.shot('live-dark');
  await checkNewLine(page);
  await page.click('[data-do="pause-live"]');
  await page.find('[data-live="paused"]', 'a pause');
  await page.click('[data-do="pause-live"]');
  await page.find('[data-live="following"]', 'the pause to end');
  await page.click('[data-do="stop-live"]');
  await page.find('[data-live="off"]', 'the end');
  assert.equal(await page.count('[role="alert"]'), 0, 'stopping is no failure');
}

/** From an error that came to its line, which the report does not know yet, and back. */
async function checkNewLine(page) {
  const place = await (await page.find('[data-seen]')).getAttribute('data-place');
  await page.click('[data-seen]');
  await page.screen('explorer');
  const shown = await page.text('[data-line].here');
  assert.ok(shown.includes('the hypervisor has lost its mind'), 'the file is shown as it is now');
  assert.equal(shown.trim().split(/\s/)[0], place.split(':').pop(), 'at the line of the error');
  await page.find('[data-do="see-live"]', 'the badge');
  await page.shot('live-line-dark');
  await page.click('[data-do="origin"]');
  await page.screen('live');
}

/** New lines are taken by a new report; logs that vanish are told. */
export async function checkLiveEnd(page, folder) {
  await page.click('[data-do="start-live"]');
  await page.find('[data-live="following"]');
  await page.until(async () => (await figure(page, 'events')) === 3, 'what was written since the report comes');
  await page.click('[data-do="analyze-live"]');
  await page.screen('overview');
  await page.go('live');
  await page.click('[data-seen]');
  await page.find('[data-detail] pre', 'the error as an event of the new report');
  await page.go('live');
  await rm(folder, { recursive: true });
  await page.find('[data-live="stopped"]', 'the end');
  assert.ok((await page.text('[role="alert"]')).includes(folder), 'it is told which folder is gone');
  await page.shot('live-gone-dark');
}

/** Mutes and names templates, merges some and splits one, and takes it all back. */
export async function checkTemplates(page) {
  await page.go('patterns');
  const row = async (text) => {
    await page.fill('[data-do="filter-templates"]', text);
    return page.find('[data-template]', `a template of ${text}`);
  };
  const all = Number(await (await page.find('[data-templates]:not([data-templates="0"])', 'the templates')).getAttribute('data-templates'));
  await row('scheduler');
  await page.click('[data-template] [data-do="mute"]');
  await page.find('[data-template][data-muted]', 'a template that is muted');
  const number = await (await page.find('[data-template][data-muted]')).getAttribute('data-template');
  await page.click('[data-template][data-muted] input');
  await page.fill('[data-do="name"]', 'Known noise');
  await page.click('[data-do="keep-name"]');
  await page.until(async () => /Known noise/.test(await page.text(`[data-template="${number}"]`)), 'it has a name');
  await page.shot('templates-light');
  await page.click(`[data-template="${number}"] [data-do="show-kind"]`);
  await page.find('.row.muted[data-event]', 'its events in grey');
  await page.find('[data-facet="template"] li.muted', 'its facet in grey');
  await page.click('[data-event]');
  await page.shot('explorer-muted-light');
  await page.click('[data-do="edit-template"]');
  await page.screen('patterns');
  await page.find('[data-chosen="1"]', 'the template, chosen');
  for (let left = 2; left > 0; left -= 1) {
    await page.find(`[data-changes="${left}"]`);
    await page.click('[data-do="undo"]');
  }
  await page.until(async () => (await page.count('[data-changes]')) === 0, 'all is taken back');
  await page.find(`[data-templates="${all}"]`);
  await page.click('[data-do="choose-none"]');
  await row('nova.compute.manager');
  for (const at of [1, 2]) await page.click(`[role="listitem"]:nth-child(${at}) > [data-template] input`);
  await page.click('[data-do="merge"]');
  await page.find(`[data-templates="${all - 1}"]`, 'one of two');
  await undoOne(page);
  await page.find(`[data-templates="${all}"]`, 'two again');
  if ((await page.count('[data-do="choose-none"]')) > 0) await page.click('[data-do="choose-none"]');
  await row('<*>');
  await page.click('[data-template]:has(.text[title*="<*>"]) input');
  await page.click('[data-split]');
  await undoOne(page);
}

/** Takes the one change back. */
async function undoOne(page) {
  await page.find('[data-changes="1"]', 'the change');
  await page.shot('templates-changed-light');
  await page.click('[data-do="undo"]');
  await page.until(async () => (await page.count('[data-changes]')) === 0, 'it is taken back');
}
