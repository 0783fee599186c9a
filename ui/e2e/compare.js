/** The part of the end-to-end test that compares with logs of a good period. */
import assert from 'node:assert/strict';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Key } from 'selenium-webdriver';

const folders = { good: 'good week', few: 'few', foreign: 'another cloud' };
const sample = 'database_connections';

/** A home with logs to compare with among the recent folders, and with a network that learns quickly. */
export async function prepareCompare(home, healthy) {
  const path = Object.fromEntries(Object.entries(folders).map(([key, name]) => [key, join(home, name)]));
  await cp(healthy, path.good, { recursive: true });
  const line = (n) => `2025-03-10 08:${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}.000 7 INFO other.part${n % 3} [-] Something else happened here\n`;
  const lines = Array.from({ length: 600 }, (_, n) => line(n));
  await keep(join(path.few, 'other.log'), lines.slice(0, 9).join(''));
  await keep(join(path.foreign, 'other.log'), lines.join(''));
  const recent = Object.values(path).map((each) => JSON.stringify(each)).join(', ');
  await keep(join(home, 'data/openstack-rca/recent.toml'), `format_version = 1\nfolders = [${recent}]\n`);
  await keep(join(home, 'config/openstack-rca/settings.toml'), 'format_version = 1\n[appearance]\ntheme = "light"\n[lstm]\nepochs = 3\nsequence_length = 20\n');
  return path;
}

async function keep(file, text) {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}

async function choose(page, path) {
  await page.click('[data-do="compare"]');
  await page.click(`[role="menuitemradio"][title="${path}"]`);
  await page.find('[data-compared="good"]', 'a good period to be chosen');
}

async function reported(page) {
  return (await page.find('[data-model]', 'what the report compares with')).getAttribute('data-model');
}

/** A good period is too small, is left out, is learned, and is known the next time. */
export async function checkCompare(page, { few, good }) {
  await page.screen('start');
  await page.find(`[data-sample="${sample}"]`);
  await page.click('[data-do="compare"]');
  await page.shot('compare-menu-light');
  await page.press(Key.ESCAPE);
  await choose(page, few);
  await page.click(`[data-sample="${sample}"]`);
  const alert = await page.text('[role="alert"]');
  assert.ok(alert.includes(few) && /too few events/.test(alert), 'a good period that is too small is named');
  await page.shot('compare-failure-light');
  await page.click('[data-do="with-model"]');
  await page.screen('overview');
  assert.equal(await reported(page), 'default', 'the model takes its place');
  await page.go('start');
  await choose(page, good);
  await page.shot('compare-start-light');
  await page.click(`[data-sample="${sample}"]`);
  await page.find('[data-learning="true"]', 'the good period to be learned');
  await page.shot('compare-learning-light');
  await page.screen('overview');
  assert.equal(await reported(page), good, 'the report names what it was compared with');
  await page.find('[data-activity]');
  await page.shot('compare-report-light');
}

/** A good period of another cloud is doubted, in both themes and where there is little room. */
export async function checkDrift(page, { foreign }) {
  await choose(page, foreign);
  await page.click('[data-do="again"]');
  await page.find('[data-drift]', 'doubts');
  assert.equal(await reported(page), foreign);
  const banner = await page.text('[data-drift]');
  assert.match(banner, /never saw[\s\S]*Choose a good period of this cloud/, 'why it does not fit, and what to do');
  await page.find('[data-activity]');
  await page.shot('drift-light');
  await page.theme('dark');
  await page.go('overview');
  await page.find('[data-activity]');
  await page.shot('drift-dark');
  await page.go('settings');
  await page.shot('compare-settings-dark');
  await page.resize(800, 600);
  for (const name of ['overview', 'start']) {
    await page.go(name);
    await page.click('[data-do="compare"]');
    await page.shot(`compare-${name}-small-dark`);
    assert.equal(await page.excess(), 0, `${name} fits a small window`);
    await page.press(Key.ESCAPE);
  }
  await page.click('[data-do="undo-compare"]');
  await page.find('[data-compared="model"]', 'the model again');
}
