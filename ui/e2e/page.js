/** What a test does with the window, in its own words. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { By, Key } from 'selenium-webdriver';

import { approve } from './approve.js';
import { assertAccessible } from './axe.js';

/** How long a step may take on a machine that does other things too. */
const patience = 120_000;

export class Page {
  constructor(driver, out) {
    this.driver = driver;
    this.out = out;
  }

  /** Waits until an element is there, and gives it. */
  async find(css, why = css) {
    return this.driver.wait(async () => (await this.driver.findElements(By.css(css)))[0] ?? false, patience, `waited in vain for ${why}`);
  }

  async count(css) {
    return (await this.driver.findElements(By.css(css))).length;
  }

  async text(css) {
    return (await this.find(css)).getText();
  }

  async value(css) {
    return this.driver.executeScript('return arguments[0].value', await this.find(css));
  }

  /** Clicks an element once it stands still: a list that is being drawn anew takes its rows away under the pointer. */
  async click(css) {
    const moving = ['ElementNotInteractableError', 'ElementClickInterceptedError', 'StaleElementReferenceError'];
    const clicked = async () => {
      const element = await this.find(css);
      try {
        await this.driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
        await element.click();
        return true;
      } catch (error) {
        if (moving.includes(error.name)) return false;
        throw error;
      }
    };
    await this.driver.wait(clicked, patience, `waited in vain to click ${css}`);
  }

  /** Waits until `holds` gives true. */
  async until(holds, why) {
    await this.driver.wait(holds, patience, `waited in vain until ${why}`);
  }

  async screen(name) {
    await this.find(`main[data-screen="${name}"]`, `the screen ${name}`);
  }

  async go(name) {
    await this.click(`[data-go="${name}"]`);
    if (name !== 'ask') await this.screen(name);
  }

  /** By how many pixels the screen at hand is wider than its place. */
  async excess() {
    await this.find('main');
    return this.driver.executeScript('const main = document.querySelector("main"); return main.scrollWidth - main.clientWidth');
  }

  async press(...keys) {
    await this.driver
      .actions()
      .sendKeys(...keys)
      .perform();
  }

  async control(key) {
    await this.driver.actions().keyDown(Key.CONTROL).sendKeys(key).keyUp(Key.CONTROL).perform();
  }

  async alt(key) {
    await this.driver.actions().keyDown(Key.ALT).sendKeys(key).keyUp(Key.ALT).perform();
  }

  /** Draws over an element from one share of its width to another. */
  async brush(css, from, to) {
    const origin = await this.find(css);
    const { width } = await origin.getRect();
    const at = (share) => ({ origin, x: Math.round((share - 0.5) * width), y: 0 });
    await this.driver.actions().move(at(from)).press().move(at((from + to) / 2)).move(at(to)).release().perform();
  }

  /** Replaces what is written in a field, as a user would. */
  async fill(css, text) {
    const field = await this.find(css);
    // The driver's own way to clear a field does not tell the page.
    await this.driver.executeScript('arguments[0].value = ""; arguments[0].dispatchEvent(new Event("input", { bubbles: true }))', field);
    await field.sendKeys(text, Key.TAB);
  }

  async theme(name) {
    await this.go('settings');
    const choice = `//*[@role="radio"][normalize-space()="${name === 'dark' ? 'Dark' : 'Light'}"]`;
    await (await this.driver.findElement(By.xpath(choice))).click();
    await this.find(`html[data-theme="${name}"]`);
  }

  /** Waits until all charts in sight are drawn. */
  async charts(number) {
    await this.until(async () => (await this.count('[data-chart="drawn"] .main-svg')) >= number, `${number} charts are drawn`);
  }

  async resize(width, height) {
    await this.driver.manage().window().setRect({ width, height });
    await sleep(400);
  }

  async shot(name) {
    await this.driver.executeAsyncScript('const done = arguments[0]; document.fonts.ready.then(() => requestAnimationFrame(() => done()))');
    await sleep(250);
    const image = Buffer.from(await this.driver.takeScreenshot(), 'base64');
    await writeFile(join(this.out, `${name}.png`), image);
    return image;
  }

  /** Compares what is seen with what was approved under this name. */
  async approved(name) {
    await approve(name, await this.shot(name));
  }

  /** Fails where the screen at hand cannot be used by everyone. `enhanced`: text is to be at 7 to 1. */
  async axe(name, { enhanced = false } = {}) {
    await assertAccessible(this.driver, name, enhanced);
  }
}
