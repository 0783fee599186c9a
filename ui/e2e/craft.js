/** The part of the end-to-end test that is about how everything is used: by keys, by everyone, and in every theme. */
import assert from 'node:assert/strict';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Key } from 'selenium-webdriver';

const themes = ['light', 'dark'];
const contrasts = ['standard', 'high'];
const empty = 'healthy day';

/** A home with quiet logs among the recent folders. */
export async function prepareCraft(home, healthy) {
  const logs = join(home, empty);
  await cp(healthy, logs, { recursive: true });
  await keep(join(home, 'data/openstack-rca/recent.toml'), `format_version = 1\nfolders = [${JSON.stringify(logs)}]\n`);
  await keep(join(home, 'config/openstack-rca/settings.toml'), 'format_version = 1\n[appearance]\ntheme = "light"\n');
  return home;
}

async function keep(file, text) {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}

/** Does what the palette finds first for a few letters. */
async function command(page, letters) {
  await page.control('k');
  await page.find('[data-dialog="palette"]', 'the palette');
  await page.press(letters);
  await page.press(Key.ENTER);
  await page.until(async () => (await page.count('dialog')) === 0, 'the palette is gone');
}

async function look(page, theme, contrast) {
  await command(page, `theme ${theme}`);
  await command(page, `contrast ${contrast}`);
  await page.find(`html[data-theme="${theme}"][data-contrast="${contrast}"]`, `the theme ${theme} in ${contrast} contrast`);
}

/** Looks at screens in every theme; `ready` says what a screen waits for. */
async function everywhere(page, screens, what, ready = {}) {
  for (const theme of themes) {
    for (const contrast of contrasts) {
      await look(page, theme, contrast);
      for (const screen of screens) {
        await page.go(screen);
        await ready[screen]?.();
        const name = `${screen}-${what}-${theme}${contrast === 'high' ? '-high' : ''}`;
        if (contrast === 'high') await page.shot(name);
        await page.axe(name, { enhanced: contrast === 'high' });
        assert.equal(await page.excess(), 0, `${name} fits its place`);
      }
    }
  }
}

async function checkPalette(page) {
  await page.screen('start');
  await page.find('[data-sample]', 'the samples');
  await page.control('k');
  await page.find('[data-dialog="palette"] [role="option"]', 'what can be done');
  await page.shot('palette-light');
  await page.axe('palette-light');
  await page.press(Key.ESCAPE);
  await page.until(async () => (await page.count('dialog')) === 0, 'Escape closes the palette');
  await command(page, 'settin');
  await page.screen('settings');
  await page.control('k');
  const first = await page.find('[data-dialog="palette"] [role="option"]', 'what was used last');
  assert.equal(await first.getAttribute('data-command'), 'go.settings', 'what was used last comes first');
  await page.press('thme');
  await page.shot('palette-typed-light');
  await page.press(Key.ESCAPE);
  await page.control('/');
  await page.find('[data-dialog="keys"]', 'the sheet of keys');
  await page.shot('keys-light');
  await page.axe('keys-light');
  await page.press(Key.ESCAPE);
  await page.until(async () => (await page.count('dialog')) === 0, 'Escape closes the sheet');
}

/** The first stop of the Tab key leads past the navigation. */
async function checkSkip(page) {
  await page.go('start');
  await page.driver.executeScript('document.activeElement.blur()');
  await page.press(Key.TAB);
  await page.find('.skip:focus', 'the link past the navigation');
  await page.shot('skip-light');
  await page.press(Key.ENTER);
  await page.find('main:focus', 'the content');
}

/** Where there is little room, the palette and the sheet of keys fit and can be read to their ends. */
async function checkNarrow(page) {
  await page.resize(800, 600);
  await page.control('k');
  await page.find('[data-dialog="palette"] [role="option"]', 'what can be done');
  await page.press(Key.END);
  await page.until(() => inSight(page, '[role="group"]:last-child > [role="option"]:last-child[aria-selected="true"]'), 'the last command is in sight');
  await page.shot('palette-small-dark');
  await page.press(Key.ESCAPE);
  await page.control('/');
  const sheet = await page.find('[data-dialog="keys"] [role="region"]', 'the sheet of keys');
  await page.driver.executeScript('arguments[0].scrollTo(0, arguments[0].scrollHeight)', sheet);
  await page.until(() => inSight(page, '[data-keys] section:last-child dd'), 'the last keys are in sight');
  await page.shot('keys-small-dark');
  await page.press(Key.ESCAPE);
  await page.go('settings');
  await page.shot('settings-small-dark-high');
  assert.equal(await page.excess(), 0, 'the settings fit a small window');
}

/** Whether an element is seen: nothing lies over its middle. */
async function inSight(page, css) {
  const seen = 'const { left, top, width, height } = arguments[0].getBoundingClientRect(); const on = document.elementFromPoint(left + width / 2, top + height / 2); return on !== null && (arguments[0].contains(on) || on.contains(arguments[0]))';
  return page.driver.executeScript(seen, await page.find(css));
}

async function checkApproved(page) {
  for (const theme of themes) {
    await look(page, theme, 'standard');
    for (const screen of ['start', 'settings']) {
      await page.go(screen);
      if (screen === 'start') await page.find('[data-sample]', 'the samples');
      await page.approved(`${screen}-${theme}`);
    }
  }
}

/** The screens of a report, and those beside it. */
async function checkApprovedReport(page) {
  await command(page, 'open sample database');
  await page.screen('overview');
  for (const theme of themes) {
    await look(page, theme, 'standard');
    for (const screen of ['overview', 'evidence', 'timeline', 'patterns', 'train', 'about']) {
      await page.go(screen);
      if (screen === 'patterns') await page.charts(3);
      if (screen === 'train') await page.find('[data-model-detail]', 'the models');
      await page.approved(`${screen}-${theme}`);
    }
  }
}

/** A report with something in it, and what opens beside it. */
async function checkFull(page) {
  await command(page, 'open sample database');
  await page.screen('overview');
  await command(page, 'evidence e1');
  await page.find('[data-evidence="E1"] pre', 'a piece of evidence, open');
  await command(page, 'search the events');
  await page.screen('explorer');
  await page.click('[data-event]');
  await page.find('[data-detail] pre', 'an event, whole');
  await checkOpened(page);
  await page.control('j');
  await page.find('#question', 'the panel to ask in');
  const ready = {
    overview: () => page.find('[data-activity]', 'the bars of the overview'),
    patterns: () => page.charts(3),
    explorer: () => page.find('[data-facet="level"] [data-value]', 'the facets'),
  };
  const screens = ['start', 'overview', 'evidence', 'timeline', 'patterns', 'explorer', 'live', 'train', 'settings'];
  await everywhere(page, screens, 'full', ready);
}

/** What is opened over a screen, or takes the place of a part of it. */
async function checkOpened(page) {
  await page.click('[data-do="help"]');
  await page.axe('explorer-help');
  await page.click('[data-do="export-events"]');
  await page.find('[role="menu"]', 'the menu');
  await page.axe('explorer-menu');
  await page.press(Key.ESCAPE);
  await page.until(async () => (await page.count('[role="menu"]')) === 0, 'Escape closes the menu');
  await page.click('[data-do="show-file"]');
  await page.find('[data-line].here', 'the file of the event');
  await page.axe('explorer-file');
  await page.go('patterns');
  await page.click('[data-template] input');
  await page.find('[data-chosen="1"]', 'a template, chosen');
  await page.axe('templates-chosen');
  await page.click('[data-do="choose-none"]');
  await page.go('timeline');
  await page.click('[data-do="correct-source"]');
  await page.axe('sources-correct');
  await page.go('start');
  await page.click('[data-do="compare"]');
  await page.axe('start-compare');
  await page.press(Key.ESCAPE);
}

/** A report of quiet logs, and a search that finds nothing. */
async function checkEmpty(page) {
  await command(page, `recent ${empty}`);
  await page.find('[data-verdict="clear"]', 'a clear verdict');
  await command(page, 'no event is like this one');
  await page.screen('explorer');
  await page.find('[data-empty]', 'that nothing is found');
  await everywhere(page, ['overview', 'evidence', 'timeline', 'patterns', 'explorer', 'live'], 'empty');
}

export async function checkCraft(page) {
  await page.resize(1280, 800);
  for (const step of [checkPalette, checkSkip, checkApproved, checkApprovedReport, checkFull, checkEmpty, checkNarrow]) {
    console.log(`    ${step.name}`);
    await step(page);
  }
}
