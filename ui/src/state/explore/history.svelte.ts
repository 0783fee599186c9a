/** The addresses of a view in the order in which they were visited, as a browser keeps them. */
export class History<T> {
  #entries = $state.raw<T[]>([]);
  #at = $state(0);

  constructor(first: T) {
    this.#entries = [first];
  }

  get current(): T {
    return this.#entries[this.#at] as T;
  }

  get canBack(): boolean {
    return this.#at > 0;
  }

  get canForward(): boolean {
    return this.#at < this.#entries.length - 1;
  }

  /** Goes to a new address; those that lay ahead are forgotten. */
  push(address: T): void {
    this.#entries = [...this.#entries.slice(0, this.#at + 1), address].slice(-200);
    this.#at = this.#entries.length - 1;
  }

  /** Changes the address where it is: there is nothing to come back to. */
  replace(address: T): void {
    this.#entries = this.#entries.with(this.#at, address);
  }

  back(): void {
    if (this.canBack) this.#at -= 1;
  }

  forward(): void {
    if (this.canForward) this.#at += 1;
  }

  /** Forgets all, and begins at an address. */
  reset(first: T): void {
    this.#entries = [first];
    this.#at = 0;
  }
}
