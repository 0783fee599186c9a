/**
 * Where the rows of a long list are, and how a scroll bar leads to them.
 *
 * Browsers do not draw elements above some 33 million pixels. A list that is longer has a shorter bar: each of its pixels
 * stands for several of the list. All positions are in pixels; `top` is in the list, `scroll` on the bar.
 */
export class Track {
  readonly count: number;
  readonly row: number;
  readonly view: number;
  readonly #limit: number;

  constructor(count: number, row: number, view: number, limit = 16_000_000) {
    this.count = count;
    this.row = row;
    this.view = view;
    this.#limit = limit;
  }

  /** The height that the scrolled element gets. */
  get height(): number {
    return Math.min(this.count * this.row, this.#limit);
  }

  /** Whether a pixel of the bar is one of the list. */
  get exact(): boolean {
    return this.count * this.row <= this.#limit;
  }

  /** The last position. */
  get end(): number {
    return Math.max(0, this.count * this.row - this.view);
  }

  clamp(top: number): number {
    return Math.max(0, Math.min(this.end, top));
  }

  toTop(scroll: number): number {
    return this.clamp(this.exact ? scroll : (scroll / this.#room) * this.end);
  }

  toScroll(top: number): number {
    return this.exact ? this.clamp(top) : (this.clamp(top) / this.end) * this.#room;
  }

  /** The rows in sight: the first, and the one after the last. */
  range(top: number): [number, number] {
    const first = Math.floor(this.clamp(top) / this.row);
    return [first, Math.min(this.count, Math.ceil((this.clamp(top) + this.view) / this.row))];
  }

  /** The position nearest to `top` that shows a row wholly; or in the middle, where it was out of sight. */
  reveal(index: number, top: number): number {
    const [above, below] = [index * this.row, (index + 1) * this.row - this.view];
    if (top <= above && top >= below) return this.clamp(top);
    const near = Math.abs(top - (top > above ? above : below)) <= this.row * 1.5;
    if (near) return this.clamp(top > above ? above : below);
    return this.clamp((above + below) / 2);
  }

  get #room(): number {
    return Math.max(1, this.height - this.view);
  }
}
