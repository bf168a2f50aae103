/** What can be beside the board; a narrow screen shows one of these or the board. */

export type Tab = "notes" | "deeds" | "markers";
export type View = "board" | Tab;

export const TABS: readonly { readonly id: Tab; readonly label: string; readonly icon: string }[] =
  [
    { id: "notes", label: "Notes", icon: "note" },
    { id: "deeds", label: "Who did what", icon: "users" },
    { id: "markers", label: "Markers", icon: "flag" },
  ];
