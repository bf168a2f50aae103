// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { FakeRoom } from "./fakeRoom";
import { closeAll, draw, erase, MemoryEdits, open, read, seed, settle, write } from "./testing";

describe("a connection", () => {
  let room: FakeRoom;

  beforeEach(() => {
    vi.useFakeTimers();
    room = new FakeRoom();
    seed(room);
  });

  afterEach(() => {
    closeAll();
    vi.useRealTimers();
  });

  it("is saved once the room's content is here", async () => {
    room.edit((doc) => write(doc, "hello"));

    const { connection, doc } = await open(room);

    expect(read(doc)).toBe("hello");
    expect(connection.state).toEqual({ kind: "saved" });
  });

  it("is connecting until the room has answered", async () => {
    room.holdsAnswers = true;

    const { connection } = await open(room);

    expect(connection.state).toEqual({ kind: "connecting" });
  });

  it("counts what is not stored and is saved when everything is", async () => {
    const { connection, doc } = await open(room);
    room.holdsAnswers = true;

    write(doc, "a");
    write(doc, "b");

    expect(connection.state).toEqual({ kind: "saving", count: 2 });
    room.answer();
    expect(connection.state).toEqual({ kind: "saved" });
  });

  it("keeps what was typed while the server was away, and delivers it", async () => {
    const { connection, doc, store } = await open(room);
    room.isUp = false;
    room.cut();

    write(doc, "a");
    write(doc, "b");
    write(doc, "c");

    expect(connection.state).toEqual({ kind: "offline", kept: 3 });
    expect(store.rows.size).toBe(3);
    room.isUp = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(read(room.log)).toBe("abc");
    expect(connection.state).toEqual({ kind: "saved" });
    expect(store.rows.size).toBe(0);
  });

  it("sends again what was not confirmed before the cut", async () => {
    const { connection, doc } = await open(room);
    room.holdsAnswers = true;
    write(doc, "stored, but nobody heard of it. ");

    room.cut();
    room.holdsAnswers = false;

    expect(connection.state).toEqual({ kind: "offline", kept: 1 });
    write(doc, "more");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(read(room.log)).toBe("stored, but nobody heard of it. more");
    expect(connection.state).toEqual({ kind: "saved" });
  });

  it("does not take an old count for edits of the new line", async () => {
    const { connection, doc } = await open(room);
    write(doc, "a");
    write(doc, "b");
    room.cut();
    await vi.advanceTimersByTimeAsync(1_000);
    room.holdsAnswers = true;

    write(doc, "c");

    expect(connection.state).toEqual({ kind: "saving", count: 1 });
  });

  it("delivers what an earlier tab has kept", async () => {
    const store = new MemoryEdits();
    const earlier = room.log;
    earlier.on("update", (update: Uint8Array) => {
      void store.add({ update, epoch: "first", touched: ["notes/data"] });
    });
    write(earlier, "from before");

    const { connection } = await open(room, { store });

    expect(read(room.log)).toBe("from before");
    expect(connection.state).toEqual({ kind: "saved" });
    expect(store.rows.size).toBe(0);
  });

  it("comes back at once when the browser says it is online", async () => {
    const { connection } = await open(room);
    window.dispatchEvent(new Event("offline"));
    expect(connection.state).toEqual({ kind: "offline", kept: 0 });

    window.dispatchEvent(new Event("online"));
    await settle();

    expect(connection.state).toEqual({ kind: "saved" });
  });

  it("gives up a line that does not answer", async () => {
    const { connection, doc } = await open(room);
    room.holdsAnswers = true;
    write(doc, "a");

    await vi.advanceTimersByTimeAsync(10_000);

    expect(connection.state).toEqual({ kind: "offline", kept: 1 });
  });

  it("stays on a line whose last answer was a count", async () => {
    const { connection, doc } = await open(room);
    const seen: string[] = [];
    connection.subscribe(() => seen.push(connection.state.kind));

    write(doc, "a");
    await vi.advanceTimersByTimeAsync(60_000);

    expect(connection.state).toEqual({ kind: "saved" });
    expect(seen).not.toContain("offline");
  });

  it("asks for a sign of life after a silence", async () => {
    const { connection } = await open(room);

    await vi.advanceTimersByTimeAsync(300_000);

    expect(connection.state).toEqual({ kind: "saved" });
  });

  it("tries again when it was too fast", async () => {
    const { connection, doc } = await open(room);
    room.refuseNext = "too-fast";
    write(doc, "a");

    await vi.advanceTimersByTimeAsync(5_000);

    expect(read(room.log)).toBe("a");
    expect(connection.state).toEqual({ kind: "saved" });
  });

  it("stops when access has ended, and a guest leaves nothing behind", async () => {
    const { connection, doc, store } = await open(room, { forgetWhenClosed: true });
    room.holdsAnswers = true;
    write(doc, "a");

    room.cut(4403);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(connection.state).toEqual({ kind: "closed", reason: "not-allowed" });
    expect(store.rows.size).toBe(0);
  });

  it("asks whether it is still allowed when no line opens", async () => {
    room.isUp = false;

    const { connection } = await open(room, { isAllowed: () => Promise.resolve(false) });

    expect(connection.state).toEqual({ kind: "closed", reason: "not-allowed" });
  });

  it("of somebody who may not write sends no document frame", async () => {
    room.edit((doc) => {
      write(doc, "abc");
      erase(doc, 1);
    });
    room.refuseNext = "read-only";

    const { connection, doc } = await open(room, { mayWrite: false });

    expect(read(doc)).toBe("bc");
    expect(connection.state).toEqual({ kind: "saved" });
    expect(room.refuseNext).toBe("read-only");
  });

  it("asks after a cut for what it missed, and gets no more", async () => {
    const { doc } = await open(room);
    room.cut();
    room.edit((other) => write(other, "meanwhile"));

    await vi.advanceTimersByTimeAsync(1_000);

    expect(room.asked).toEqual([
      { epoch: "", seq: 0 },
      { epoch: "first", seq: 1 },
    ]);
    expect(read(doc)).toBe("meanwhile");
  });

  it("delivers on what an earlier tab had, and asks from there", async () => {
    const store = new MemoryEdits();
    const earlier = await open(room, { store });
    room.isUp = false;
    room.cut();
    write(earlier.doc, "from before");
    await settle();
    earlier.connection.stop();
    room.isUp = true;
    room.edit((doc) => draw(doc, "meanwhile"));

    const { doc } = await open(room, { store });

    expect(room.asked.at(-1)).toEqual({ epoch: "first", seq: 1 });
    expect(read(room.log)).toBe("from before");
    expect(doc.getMap("texts").has("meanwhile")).toBe(true);
    expect(await store.base()).toBeNull();
  });

  it("says that the store is away until an edit is stored again", async () => {
    const { connection, doc, store } = await open(room);
    room.isStoreAway = true;
    write(doc, "a");
    await settle();

    expect(connection.state).toEqual({ kind: "not-stored", kept: 1 });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(connection.state).toEqual({ kind: "not-stored", kept: 1 });
    expect(store.rows.size).toBe(1);
    room.isStoreAway = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connection.state).toEqual({ kind: "saved" });
    expect(read(room.log)).toBe("a");
  });

  it("comes back ever more slowly to a server that closes at once", async () => {
    await open(room);
    for (let round = 0; round < 100; round += 1) {
      room.cut(1013);
      await vi.advanceTimersByTimeAsync(500);
    }

    expect(room.asked.length).toBeLessThan(40);
  });

  it("loses nothing over many cuts", async () => {
    const { connection, doc } = await open(room);
    for (let round = 0; round < 40; round += 1) {
      room.holdsAnswers = round % 3 === 0;
      write(doc, `${round} `);
      if (round % 4 === 0) room.cut();
      if (round % 5 === 0) room.isUp = !room.isUp;
      write(doc, ". ");
      await vi.advanceTimersByTimeAsync(700);
      const saved = connection.state.kind === "saved";
      if (saved) expect(read(room.log)).toBe(read(doc));
    }

    room.isUp = true;
    room.answer();
    await vi.advanceTimersByTimeAsync(120_000);

    expect(read(room.log)).toBe(read(doc));
    expect(connection.state).toEqual({ kind: "saved" });
  });
});
