/** The part of the end-to-end test that looks after models and settings. */
import assert from 'node:assert/strict';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Key } from 'selenium-webdriver';

/** Goes to one of the two parts of the screen of models. */
export async function part(page, name) {
  await page.go('train');
  const at = await page.find('[data-part]');
  if ((await at.getAttribute('data-part')) !== name) {
    await page.click(`[data-part] [role="radio"]:nth-child(${name === 'library' ? 1 : 2})`);
  }
  await page.find(`[data-part="${name}"]`);
}

async function look(page, name) {
  await page.click(`[data-model-row="${name}"]`);
  await page.find(`[data-model-detail="${name}"]`, `the model ${name}`);
}

/** The one that ships, with its charts and its card, before there is any other. */
export async function checkLibrary(page) {
  await part(page, 'library');
  await page.find('[data-model-detail="default"]');
  assert.equal(await page.count('[data-model-row]'), 1, 'the built-in model is alone');
  assert.equal(await page.count('[data-do="remove-model"]'), 0, 'the built-in model cannot be deleted');
  await page.charts(3);
  assert.ok((await page.count('[data-card] table')) > 3, 'the card is shown with its tables');
  await page.shot('models-empty-light');
}

/** Three models: compared, measured, renamed, chosen and deleted. The folder is that of the home's models. */
export async function checkModels(page, folder) {
  const trained = 'end-to-end';
  await cp(join(folder, trained), join(folder, 'second'), { recursive: true });
  await mkdir(join(folder, 'broken'));
  await writeFile(join(folder, 'broken/weights.bin'), 'no weights');
  await part(page, 'train');
  await part(page, 'library');
  await page.find('[data-model-row="second"]', 'a model that was put there');
  await look(page, 'broken');
  assert.match(await page.text('[role="alert"]'), /broken/, 'what is wrong with a model is told');
  await page.shot('models-broken-light');
  await look(page, trained);
  await page.charts(2);
  await page.shot('models-light');
  await compare(page, trained);
  await lifeOf(page);
  await look(page, 'broken');
  await page.click('[data-do="remove-model"]');
  await page.click('[data-do="remove-now"]');
  await page.until(async () => (await page.count('[data-model-row="broken"]')) === 0, 'the broken model is gone');
}

async function compare(page, trained) {
  await page.click('[data-do="compare-model"]');
  await page.click('[role="menuitem"]');
  await page.find('[data-comparing]', 'a comparison');
  await page.click('[data-do="measure-models"]');
  await page.find('[data-coverage]', 'both to be measured on the open logs');
  assert.match(await page.text('[data-coverage]'), /\d+ % · [\d,]+ of [\d,]+/);
  assert.ok((await page.text(`[data-only="${trained}"]`)).length > 0);
  await page.charts(2);
  await page.shot('models-compare-light');
  await page.click('[data-do="end-compare"]');
}

/** A model is put to use, renamed and deleted; the built-in one takes its place. */
async function lifeOf(page) {
  await look(page, 'second');
  await page.click('[data-do="use-model"]');
  await page.find('[data-do="use-model"]:disabled', 'the model to be in use');
  await page.click('[data-do="rename-model"]');
  await page.fill('[data-model-detail] form input', 'default');
  await page.click('[data-do="rename-now"]');
  assert.match(await page.text('[role="alert"]'), /already/, 'a name that is taken is refused');
  await page.fill('[data-model-detail] form input', 'cloud-7');
  await page.click('[data-do="rename-now"]');
  await page.find('[data-model-detail="cloud-7"] [data-do="use-model"]:disabled', 'it to be in use under its new name');
  await page.click('[data-do="remove-model"]');
  await page.shot('models-remove-light');
  await page.click('[data-do="remove-now"]');
  await page.find('[data-model-detail="default"] [data-do="use-model"]:disabled', 'the built-in model to take its place');
  assert.match(await page.text('[data-said]'), /analyses use the built-in model/);
}

/** Settings are searched, refused, kept, taken back and cleared. The logs of the test are too few for an index of their own. */
export async function checkSettings(page, folder) {
  const index = join(folder, '../../../cache/openstack-rca/index/some');
  await mkdir(index, { recursive: true });
  await writeFile(join(index, 'logs.index'), 'x'.repeat(2_000_000));
  await page.go('settings');
  await page.shot('settings-light');
  await page.fill('#settings-search', 'pieces of evidence');
  const field = '[data-setting="analysis.max_evidence"] input';
  await page.find(field);
  assert.equal(await page.count('[data-setting]'), 1, 'a search shows what it names alone');
  await page.fill(field, '99');
  assert.match(await page.text('[role="alert"]'), /between 1 and 50/, 'a value out of range is told');
  await page.shot('settings-wrong-light');
  await page.fill(field, '20');
  await page.find('[data-do="undo-setting"]:not(:disabled)', 'something to take back');
  await page.click('[data-do="undo-setting"]');
  await page.until(async () => (await page.value(field)) === '50', 'the change is taken back');
  await page.fill('#settings-search', 'indexes');
  await page.click('[data-kept="index"] [data-do="clear"]');
  await page.shot('settings-clear-light');
  await page.click('[data-kept="index"] [data-do="clear-now"]');
  await page.until(async () => (await page.count('[data-kept="index"] [data-do="clear"]')) === 0, 'the indexes are cleared');
  await page.fill('#settings-search', '');
  await page.press(Key.ESCAPE);
}

/** Both screens in the dark and where there is little room, as the window stands. */
export async function shotModels(page, kind) {
  await part(page, 'library');
  await page.charts(2);
  await page.shot(`models-${kind}`);
  assert.equal(await page.excess(), 0, 'the models fit the window');
  await page.go('settings');
  await page.shot(`settings-${kind}`);
  assert.equal(await page.excess(), 0, 'the settings fit the window');
}
