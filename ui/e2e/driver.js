/** Starts the real window under WebKitWebDriver, and ends both again. */
import { spawn } from 'node:child_process';
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

/** The window could read and write the files of whoever runs the test: give it a home of its own. */
function privateEnvironment(home) {
  const folders = { HOME: home, XDG_CONFIG_HOME: `${home}/config`, XDG_DATA_HOME: `${home}/data`, XDG_CACHE_HOME: `${home}/cache` };
  const environment = { ...process.env, ...folders, TAURI_WEBVIEW_AUTOMATION: 'true' };
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

/** Runs `work` with a driver of the program `app`, started with `args` in the home `home`. */
export async function withWindow({ app, args = [], home }, work) {
  const port = await freePort();
  const process_ = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: privateEnvironment(home) });
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
    await driver?.quit().catch(() => undefined);
    process_.kill();
  }
}
