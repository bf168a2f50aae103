/** What the workspace page hands to the application in <script id="bootstrap" type="application/json">. */

import type { Catalogue } from "../document/catalogue";
import type { Role } from "../sync/presence";

export type Action =
  | "view"
  | "edit"
  | "switch_flow"
  | "present"
  | "export"
  | "replay"
  | "read_history"
  | "keep_version"
  | "copy"
  | "read_private"
  | "edit_private"
  | "read_scores"
  | "run_scoring"
  | "see_people"
  | "manage_links"
  | "manage_session"
  | "end_session"
  | "view_brief"
  | "run_interview"
  | "skip_step"
  | "rate"
  | "read_panel"
  | "decide"
  | "sign_off"
  | "release_report"
  | "export_record"
  | "reopen"
  | "set_accommodations"
  | "erase"
  | "read_audit";

/** A question of the guide. `topic` is the heading it is folded under. */
export interface Prompt {
  readonly id: string;
  readonly topic: string;
  readonly title: string;
  readonly question: string;
  readonly why: string;
  readonly example: string;
  readonly options: readonly string[];
}

export interface FlowStep {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly short_name: string;
  readonly minutes: number;
  readonly purpose: string;
  readonly prompts: readonly Prompt[];
}

export interface Flow {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly steps: readonly FlowStep[];
}

export interface Bootstrap {
  readonly design: {
    readonly id: string;
    readonly title: string;
    readonly kind: "practice" | "interview";
    /** The title of the board that it is a copy of. */
    readonly copied_from: string | null;
    readonly ended: boolean;
    /** Something of it cannot be read to its end: what is shown is the last good state. */
    readonly quarantined: boolean;
  };
  /** Null where nobody is interviewed. brief: what is to be read beside the problem, if it may be;
   * about: candidate and role, for interviewers. */
  readonly interview: { readonly brief: string; readonly about: string } | null;
  readonly problem: { readonly id: string; readonly title: string; readonly prompt: string } | null;
  /** The one that the session goes through as the page is made, and those it could switch to. */
  readonly flow: Flow;
  readonly other_flows: readonly Flow[];
  readonly me: {
    readonly participant: string | null;
    readonly name: string;
    readonly color: number;
    readonly role: Role;
    readonly signed_in: boolean;
    readonly can: readonly Action[];
  };
  readonly catalogue: Catalogue;
  /** Ends without a slash; everything is relative to the own origin. */
  readonly api: string;
  readonly sockets: string;
  readonly sprite: string;
  readonly csp_nonce: string;
}
