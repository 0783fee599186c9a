/** What narrows all screens at once: a time, a service, a host. */
import assert from 'node:assert/strict';

export async function checkScope(page) {
  const all = await page.count('[data-evidence], [data-cause]');
  await page.click('[data-value="nova-api"]');
  const scope = async () => (await page.find('[data-scope]', 'what the screens are narrowed to')).getAttribute('data-scope');
  assert.equal(await scope(), 'service:nova-api', 'a service narrows the screens');
  await page.shot('overview-narrowed-light');
  await page.go('timeline');
  const services = async () => page.driver.executeScript('return [...document.querySelectorAll(".moment .service")].map((e) => e.textContent)');
  await page.until(async () => (await services()).length > 0, 'moments of the service are told');
  assert.deepEqual([...new Set(await services())], ['nova-api'], 'no moments of other services are told');
  await page.click('[data-do="scope-explore"]');
  await page.screen('explorer');
  assert.equal(await page.value('#query'), 'service:nova-api', 'the explorer shows the same events');
  await page.go('overview');
  await page.click('[data-do="scope-clear"]');
  await page.until(async () => (await page.count('[data-scope]')) === 0, 'everything is shown again');
  assert.equal(await page.count('[data-evidence], [data-cause]'), all, 'as before');
  await page.brush('[data-activity] [data-bars]', 0.4, 0.8);
  await page.until(async () => /^time:/.test(await scope()), 'a time narrows the screens');
  await page.find('[data-activity="within"]', 'the bars within that time');
  await page.click('[data-row="controller"]');
  await page.until(async () => /host:controller/.test(await scope()), 'a host does too');
  await page.shot('overview-brushed-light');
  await page.go('timeline');
  await page.find('[data-lane]', 'the lanes of a failing request');
  await page.shot('requests-light');
  await page.go('overview');
  await page.click('[data-do="scope-clear"]');
}
