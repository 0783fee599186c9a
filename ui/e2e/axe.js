/** Looks with axe-core for what keeps somebody from using a screen: https://github.com/dequelabs/axe-core */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

/** Runs in the window: all violations, each with the elements that it is about. */
const look = `
  const [values, enhanced, done] = arguments;
  const options = { runOnly: { type: 'tag', values }, rules: { 'color-contrast-enhanced': { enabled: enhanced } }, resultTypes: ['violations'] };
  const about = (node) => node.target.join(' ') + ': ' + node.failureSummary.split('\\n').slice(1).map((line) => line.trim()).join('; ');
  axe.run(document, options).then(
    ({ violations }) => done(violations.map(({ id, help, nodes }) => id + ' (' + help + ')\\n    ' + nodes.map(about).join('\\n    '))),
    (error) => done(['axe failed: ' + error]),
  );
`;

/** The violations of the screen at hand. */
export async function violations(driver, enhanced) {
  // The policy of the window forbids foreign scripts on the page; the driver's own run beside it.
  if (!(await driver.executeScript('return "axe" in window'))) await driver.executeScript(await source);
  return driver.executeAsyncScript(look, rules, enhanced);
}

export async function assertAccessible(driver, name, enhanced) {
  const found = await violations(driver, enhanced);
  assert.equal(found.length, 0, `${name} cannot be used by everyone:\n  ${found.join('\n  ')}`);
}
