import { expect, it } from "vitest";

import { rightsUnder, saveWords, worse } from "./saving";

it.each([
  [{ kind: "saved" } as const, "Saved"],
  [{ kind: "saving", count: 4 } as const, "Saving…"],
  [{ kind: "offline", kept: 0 } as const, "Offline"],
  [{ kind: "offline", kept: 1 } as const, "Offline: 1 change kept here"],
  [{ kind: "offline", kept: 3 } as const, "Offline: 3 changes kept here"],
  [
    { kind: "not-stored", kept: 1 } as const,
    "Not saved: the server cannot store at the moment; 1 change kept here",
  ],
  [{ kind: "not-stored", kept: 0 } as const, "Not saved: the server cannot store at the moment"],
])("says %j in words", (state, words) => {
  expect(saveWords(state).text).toBe(words);
});

it("tells the worse news of two documents, and adds up what is kept", () => {
  const saved = { kind: "saved" } as const;
  const saving = { kind: "saving", count: 1 } as const;

  expect(worse(saved, saving)).toBe(saving);
  expect(worse(saving, saved)).toBe(saving);
  expect(worse({ kind: "offline", kept: 1 }, { kind: "offline", kept: 2 })).toEqual({
    kind: "offline",
    kept: 3,
  });
  expect(worse({ kind: "not-stored", kept: 1 }, { kind: "offline", kept: 2 })).toEqual({
    kind: "not-stored",
    kept: 3,
  });
});

it("says to who may not change anything that they only read", () => {
  expect(saveWords({ kind: "saved" }, false).text).toBe("Read only");
});

it("lets nothing be changed once the connection is closed for good", () => {
  const granted = new Set(["view", "edit", "edit_private", "read_scores"] as const);

  expect(rightsUnder("offline", granted)).toBe(granted);
  expect([...rightsUnder("closed", granted)]).toEqual(["view", "read_scores"]);
  expect([...rightsUnder("aside", granted)]).toEqual(["view", "read_scores"]);
});
