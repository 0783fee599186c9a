/** Starts the real window under WebKitWebDriver, and ends both again. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { Builder, Capabilities } from 'selenium-webdriver';

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * The window could read and write the files of whoever runs the test, and hand its folder to a window that is open already: it gets a
 * home of its own, and no session bus but the one given.
 */
export function privateEnvironment(home, bus = 'disabled:') {
  const folders = { HOME: home, XDG_CONFIG_HOME: `${home}/config`, XDG_DATA_HOME: `${home}/data`, XDG_CACHE_HOME: `${home}/cache` };
  const environment = { ...process.env, ...folders, TAURI_WEBVIEW_AUTOMATION: 'true', DBUS_SESSION_BUS_ADDRESS: bus };
  delete environment.DATA_DIR;
  delete environment.MODELS_DIR;
  return environment;
}

async function answers(port) {
  for (let tries = 0; tries < 100; tries += 1) {
    const status = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null);
    if (status?.ok) return;
    await sleep(100);
  }
  throw new Error('WebKitWebDriver does not answer');
}

/** The ids of the processes that a process has started. */
async function children(id) {
  const list = await readFile(`/proc/${id}/task/${id}/children`, 'utf8').catch(() => '');
  return list.split(' ').filter(Boolean).map(Number);
}

function isAlive(id) {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

/** A program that outlives its session would keep the display's focus, and the next one would not get its keys. */
async function end(ids) {
  for (let tries = 0; tries < 20 && ids.some(isAlive); tries += 1) await sleep(100);
  for (const id of ids.filter(isAlive)) process.kill(id, 'SIGKILL');
}

/** Runs `work` with a driver of the program `app`, started with `args` in the home `home` and on the session bus `bus`, if one is given. */
export async function withWindow({ app, args = [], home, bus }, work) {
  const port = await freePort();
  const process_ = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: privateEnvironment(home, bus) });
  const failed = new Promise((_, reject) => process_.once('error', reject));
  let driver = null;
  try {
    await Promise.race([answers(port), failed]);
    const capabilities = new Capabilities();
    capabilities.setBrowserName('wry');
    capabilities.set('webkitgtk:browserOptions', { binary: app, args });
    driver = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
    await work(driver);
  } finally {
    const programs = await children(process_.pid);
    await driver?.quit().catch(() => undefined);
    await end(programs);
    process_.kill();
  }
}
