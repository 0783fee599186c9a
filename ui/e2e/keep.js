/** The part of the end-to-end test in which a report becomes its reader's own, and is still that when the window is opened again. */
import assert from 'node:assert/strict';

import { Key } from 'selenium-webdriver';

const sample = 'database_connections';

/** The evidence that is shown, by id, from top to bottom. */
async function order(page) {
  const rows = await page.find('.table[role="list"]', 'the evidence');
  return page.driver.executeScript('return [...arguments[0].querySelectorAll("[data-evidence]")].map((row) => row.dataset.evidence)', rows);
}

/** Uses a tool of a row or a card; they show under the pointer. */
async function use(page, on, tool) {
  await page.driver.executeScript('arguments[0].click()', await page.find(`${on} [data-do="${tool}"]`));
}

async function open(page) {
  await page.screen('start');
  await page.click(`[data-sample="${sample}"]`);
  await page.screen('overview');
  await page.find('[data-cause="1"] [data-do="pin"]', 'the marks');
}

async function markEvidence(page) {
  await page.go('evidence');
  await use(page, '[data-evidence="E4"]', 'pin');
  await page.until(async () => (await order(page))[0] === 'E4', 'E4 is on top');
  await use(page, '[data-evidence="E2"]', 'pin');
  await page.until(async () => (await order(page))[1] === 'E2', 'E2 comes next');
  await use(page, '[data-evidence="E3"]', 'dismiss');
  await page.find('[data-dismissed="1"]', 'what is dismissed to be folded away');
  await page.shot('marks-toast-light');
  await use(page, '[data-evidence="E2"]', 'note');
  const note = await page.find('[data-evidence="E2"] textarea');
  await note.sendKeys('The pool is too small', Key.ENTER, 'since the upgrade');
  await page.press(Key.TAB);
  // A row is moved by the keyboard from anywhere in it.
  await page.driver.executeScript('arguments[0].focus()', await page.find('[data-evidence="E2"] .line'));
  await page.alt(Key.ARROW_UP);
  await page.until(async () => (await order(page))[0] === 'E2', 'E2 is on top');
  await page.shot('marks-evidence-light');
}

/** By its handle one piece is dragged onto another; Ctrl+Z puts it back. */
async function dragEvidence(page) {
  const origin = await page.find('[data-evidence="E4"] [data-do="drag"]');
  const target = await page.find('[data-evidence="E2"] .line');
  await page.driver.actions().move({ origin }).press().move({ origin: target }).move({ origin: target, x: 4 }).release().perform();
  await page.until(async () => (await order(page))[0] === 'E4', 'E4 was dragged to the top');
  await page.control('z');
  await page.until(async () => (await order(page))[0] === 'E2', 'E2 is on top again');
}

async function addEvent(page) {
  await page.go('explorer');
  await page.fill('#query', 'level:info');
  const asked = async () => (await page.count('[data-found][data-asked="level:info"]')) > 0;
  await page.until(asked, 'it was searched');
  await page.click('[data-event]');
  await page.click('[data-do="add-to-report"]');
  await page.shot('marks-added-light');
  await page.go('evidence');
  await page.find('[data-evidence="U1"]', 'the record that was added');
}

async function draftReport(page) {
  await page.go('overview');
  await page.click('[data-do="export"]');
  await page.shot('export-menu-light');
  await page.click('[role="menuitem"]:last-child');
  await page.find('[data-draft]', 'the draft');
  const text = await page.value('[data-draft] textarea');
  assert.match(text, /Check this draft[\s\S]*## Summary[\s\S]*## Logs/, 'the draft has its parts');
  await page.shot('draft-light');
  await page.press(Key.ESCAPE);
  await page.until(async () => (await page.count('[data-draft]')) === 0, 'the draft is closed');
  await use(page, '[data-cause="1"]', 'pin');
}

/** What was marked is there again, in light, in dark and where there is little room. */
async function found(page) {
  await page.go('evidence');
  await page.until(async () => (await order(page)).slice(0, 3).join() === 'E2,E4,U1', 'the order is kept');
  assert.equal(await page.value('[data-evidence="E2"] textarea'), 'The pool is too small\nsince the upgrade', 'the note is kept');
  await page.click('[data-do="show-dismissed"]');
  await page.find('[data-evidence="E3"]', 'what was dismissed');
  await page.theme('dark');
  await page.go('evidence');
  await page.shot('marks-evidence-dark');
  await page.go('overview');
  await page.find('[data-cause="1"] [aria-pressed="true"]', 'the cause that was pinned');
  await page.resize(800, 600);
  await page.go('evidence');
  await page.shot('marks-evidence-small-dark');
  assert.equal(await page.excess(), 0, 'notes fit a small window');
}

/** Marks a report in one window, and looks for the marks in the next one of the same home. */
export async function checkKeep(started) {
  await started(async (page) => {
    await page.resize(1280, 800);
    for (const step of [open, markEvidence, dragEvidence, addEvent, draftReport]) {
      console.log(`  checkKeep: ${step.name}`);
      await step(page);
    }
  });
  console.log('  checkKeep: found');
  await started(async (page) => {
    await page.resize(1280, 800);
    await open(page);
    await found(page);
  });
}
