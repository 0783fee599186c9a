/** The part of the end-to-end test about the window on the desktop: one window for all launches, which comes back where it stood. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import { privateEnvironment, withWindow } from './driver.js';
import { Page } from './page.js';

/** Runs `work` with the address of a session bus of its own; with null where none can be started. */
async function withBus(work) {
  const bus = spawn('dbus-run-session', ['--', 'sh', '-c', 'echo "$DBUS_SESSION_BUS_ADDRESS"; cat'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const address = await new Promise((resolve) => {
    bus.once('error', () => resolve(null));
    bus.once('exit', () => resolve(null));
    bus.stdout.once('data', (line) => resolve(String(line).trim()));
  });
  try {
    return await work(address);
  } finally {
    bus.stdin.end();
  }
}

/** Launches the program once more, and gives the status that it ends with. */
async function launch({ app, args, cwd, env }) {
  const second = spawn(app, args, { cwd, env, stdio: 'ignore' });
  const late = setTimeout(() => second.kill(), 60_000);
  const status = await new Promise((resolve, reject) => {
    second.once('error', reject);
    second.once('exit', (code, signal) => resolve(signal ?? code));
  });
  clearTimeout(late);
  return status;
}

/** A second launch opens its folder in the first window, and tells what it stopped there. */
async function checkSecondLaunch({ app, out, home, many, logs }) {
  await withBus(async (bus) => {
    if (bus === null) return console.log('    left out: there is no dbus-run-session to start a session bus with');
    const env = privateEnvironment(home, bus);
    await withWindow({ app, args: [many], home, bus }, async (driver) => {
      const page = new Page(driver, out);
      await page.screen('progress');
      await page.until(async () => (await page.text('main')).includes('MB'), 'the first folder was looked at');
      const cwd = dirname(logs);
      assert.equal(await launch({ app, args: [relative(cwd, logs)], cwd, env }), 0, 'the second launch ends by itself');
      await page.find('[data-stopped]', 'that the first analysis was stopped');
      await page.screen('overview');
      assert.equal(await (await page.find('[data-stopped]')).getAttribute('data-stopped'), many);
      await page.shot('shell-second-launch');
      await page.click('[data-stopped] [aria-label="Dismiss"]');
      assert.equal(await launch({ app, args: [], cwd, env }), 0, 'a launch without a folder ends as well');
      await page.screen('overview');
    });
  });
  const recent = await readFile(join(home, 'data/openstack-rca/recent.toml'), 'utf8');
  assert.ok(recent.includes(logs) || recent.includes(many), 'what was opened is remembered by its whole path');
}

/** The window comes back in the size that it had. */
async function checkPlace({ app, out, home }) {
  /** The size, once the window is shown. */
  const size = async (page) => {
    const now = () => page.driver.executeScript('return [innerWidth, innerHeight]');
    await page.until(async () => (await now())[0] > 0, 'the window is shown');
    return now();
  };
  await withWindow({ app, home }, async (driver) => {
    const page = new Page(driver, out);
    await page.screen('start');
    assert.deepEqual(await size(page), [1280, 800], 'the first size');
    await page.resize(1010, 690);
    const kept = async () => /width = 1010\b/.test(await readFile(join(home, 'data/openstack-rca/window.toml'), 'utf8').catch(() => ''));
    await page.until(kept, 'the size is kept');
  });
  await withWindow({ app, home }, async (driver) => {
    const page = new Page(driver, out);
    await page.screen('start');
    assert.deepEqual(await size(page), [1010, 690], 'the size of the last time');
    await page.go('about');
    await page.find('[data-package]', 'the list of licences');
    await page.fill('[data-screen="about"] input[type="search"]', 'svelte');
    await page.click('[data-package="svelte"]');
    await page.find('[data-licence="svelte"]', 'its licence');
    await page.shot('about-light');
    assert.equal(await page.excess(), 0, 'the screen fits');
  });
}

/** `many` are logs that take a while, `logs` a few. */
export async function checkShell({ home, ...given }) {
  const homes = ['place', 'launches'].map((name) => join(home, name));
  for (const each of homes) await mkdir(each);
  await checkPlace({ ...given, home: homes[0] });
  await checkSecondLaunch({ ...given, home: homes[1] });
}
