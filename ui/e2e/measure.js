/**
 * What a user waits for, measured in the real window beside a bare one: `cargo xtask bench --only Window`.
 *
 * APP: the program. BARE: a window of Tauri with one button. FOLDER: logs to open. MANY: logs of many events to scroll; optional.
 * Prints `name=value`: milliseconds from the start of the driver's session, megabytes of memory of all processes together, and the time
 * from frame to frame while a list is scrolled.
 */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { withWindow } from './driver.js';
import { Page } from './page.js';

const { APP, BARE, FOLDER, MANY } = process.env;

/** Megabytes of a process and all that it started; what several of them share is shared out among them. */
async function memory(id) {
  const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
  const own = Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024;
  const list = await readFile(`/proc/${id}/task/${id}/children`, 'utf8').catch(() => '');
  const others = await Promise.all(list.split(' ').filter(Boolean).map(memory));
  return own + others.reduce((sum, one) => sum + one, 0);
}

/** The process of a program that was started last. */
async function processOf(program) {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const lines = await Promise.all(ids.map(async (id) => [id, await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')]));
  return Math.max(...lines.filter(([, line]) => line.split('\0')[0] === program).map(([id]) => id));
}

async function started(app, args, work) {
  const home = await mkdtemp(join(tmpdir(), 'openstack-rca-measure-'));
  const began = performance.now();
  try {
    await withWindow({ app, args, home }, (driver) => work(new Page(driver, home), () => performance.now() - began));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function say(name, value) {
  console.log(`${name}=${value.toFixed(1)}`);
}

async function start(name, app, args, shown) {
  await started(app, args, async (page, passed) => {
    await page.find(shown);
    say(name, passed());
    if (args.length > 0) return;
    await sleep(5000);
    say(`${name}-memory`, await memory(await processOf(app)));
  });
}

/** Scrolls a list as fast as frames come, and gives the times between them. */
const scroll = `
  const done = arguments[arguments.length - 1];
  const list = document.querySelector('main .scroller');
  const times = [];
  let before = performance.now();
  const step = (now) => {
    times.push(now - before);
    before = now;
    list.scrollTop += times.length % 60 === 0 ? 0.2 * list.scrollHeight : 300;
    if (times.length < 400) requestAnimationFrame(step); else done(times.slice(5));
  };
  requestAnimationFrame(step);
`;

async function frames() {
  await started(APP, [MANY], async (page, passed) => {
    await page.screen('overview');
    say('many', passed());
    await page.go('explorer');
    await page.find('[data-event]');
    await page.driver.manage().setTimeouts({ script: 120_000 });
    const times = (await page.driver.executeAsyncScript(scroll)).sort((a, b) => a - b);
    say('frame', times[Math.floor(times.length / 2)]);
    say('frame-slow', times[Math.floor(0.99 * times.length)]);
    say('many-memory', await memory(await processOf(APP)));
  });
}

await start('bare', BARE, [], 'button');
await start('window', APP, [], '[data-go="start"]');
await start('chart', APP, [FOLDER], '[data-activity]');
if (MANY) await frames();
