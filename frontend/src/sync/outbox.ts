/** Which own edits has the server not stored yet, and which frame of this connection carries them? */

export class Outbox<Edit> {
  /** In the order of making. Frames always take from the front, so counts are enough to find them. */
  #kept: Edit[] = [];
  #sent = 0;
  /** Edits in each frame that is not counted as stored yet, oldest first. */
  #frames: number[] = [];
  #storedFrames = 0;

  get size(): number {
    return this.#kept.length;
  }

  all(): readonly Edit[] {
    return this.#kept;
  }

  keep(edit: Edit): void {
    this.#kept.push(edit);
  }

  /** Edits that this connection has not carried yet. */
  unsent(): readonly Edit[] {
    return this.#kept.slice(this.#sent);
  }

  /** One frame with the next `count` unsent edits went out. */
  carried(count: number): void {
    this.#sent += count;
    this.#frames.push(count);
  }

  /** The server has the first `frames` frames of this connection. Returns the edits that are safe now. */
  stored(frames: number): readonly Edit[] {
    const safe: Edit[] = [];
    while (this.#storedFrames < frames && this.#frames.length > 0) {
      const count = this.#frames.shift() ?? 0;
      safe.push(...this.#kept.splice(0, count));
      this.#sent -= count;
      this.#storedFrames += 1;
    }
    return safe;
  }

  /** The connection is gone: what it did not confirm has to go out again on the next one. */
  cut(): void {
    this.#sent = 0;
    this.#frames = [];
    this.#storedFrames = 0;
  }

  /** Gives up on everything that is kept. */
  clear(): readonly Edit[] {
    const given = this.#kept;
    this.#kept = [];
    this.cut();
    return given;
  }
}
