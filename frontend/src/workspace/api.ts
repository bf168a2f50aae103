/** The REST addresses of one design session, as typed functions. */

import type { Layout } from "../document/layout";
import type { Theme } from "../ui/theme";

import type { JudgeConsent, Judgement } from "./interviewers/judging";
import type { ScoreRun, ScoreState } from "./interviewers/scoring";
import type { InterviewPlay, PlayAction } from "./play/types";

/** What the server said, in a sentence that can be shown. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type LinkRole = "candidate" | "interviewer" | "observer";

export interface Link {
  readonly id: string;
  readonly role: LinkRole;
  readonly created_at: string;
  readonly expires_at: string | null;
}

/** A link just made: the only time that anybody sees its address. */
export interface MadeLink extends Link {
  readonly url: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: LinkRole | "owner";
  readonly color: number;
  readonly email: string | null;
}

/** A name for what the design said at a moment. */
export interface Version {
  readonly id: string;
  /** Of the last change in it. */
  readonly seq: number;
  readonly name: string;
  readonly by: string;
  readonly at: string;
  /** The second of the replay that shows it. */
  readonly replay_s: number;
}

export interface Diagram {
  readonly svg: string;
  /** What the picture simplifies, if anything. */
  readonly note: string | null;
}

export type ExportFormat = "svg" | "png" | "pdf";

interface ExportJob {
  readonly id: string;
  readonly status: "queued" | "leased" | "done" | "failed";
  readonly reason: string;
  readonly url: string | null;
}

interface Judged {
  readonly judge: Judgement | null;
}

export interface Api {
  /** False once the access has ended; true when the server does not answer. */
  isAllowed(): Promise<boolean>;
  rename(title: string): Promise<void>;
  end(): Promise<void>;
  switchFlow(flow: string): Promise<void>;
  /** Lets what cannot be read to its end go on from its last good state. */
  recover(): Promise<void>;
  links(): Promise<readonly Link[]>;
  createLink(role: LinkRole, expiresInHours: number | null): Promise<MadeLink>;
  revokeLink(id: string): Promise<void>;
  people(): Promise<readonly Person[]>;
  /** The latest first. */
  versions(): Promise<readonly Version[]>;
  keepVersion(name: string): Promise<Version>;
  forgetVersion(id: string): Promise<void>;
  /** A practice board of one's own, of now or of an earlier change; resolves to its address. */
  copy(seq: number | null): Promise<string>;
  layout(): Promise<Layout>;
  diagram(theme: Theme, signal: AbortSignal): Promise<Diagram>;
  /** Resolves to the address of the file. */
  exportDiagram(format: ExportFormat, theme: Theme): Promise<string>;
  /** The run over the design as it is now; the same state is scored once. */
  score(): Promise<ScoreRun>;
  latestScore(): Promise<ScoreState>;
  cancelScore(run: string): Promise<void>;
  /** What is found in the words as they are now comes as an event. */
  askCoverage(): Promise<void>;
  judgeConsent(): Promise<JudgeConsent>;
  setJudgeConsent(given: boolean): Promise<JudgeConsent>;
  /** The second reading of a run; null if nobody has asked for one. */
  judgement(run: string): Promise<Judgement | null>;
  askJudge(run: string): Promise<Judgement | null>;
  /** Where the interview stands, as far as the asker may know. */
  interview(): Promise<InterviewPlay>;
  /** Resolves to where it stands after that. */
  act(action: PlayAction): Promise<InterviewPlay>;
  readonly documentUrl: string;
}

const EXPORT_POLL_MS = 400;
const EXPORT_PATIENCE_MS = 60_000;

/** base: the address of the design under the REST interface, without a slash at its end. */
export function createApi(base: string): Api {
  const json = requester(base);
  return {
    documentUrl: `${base}/document`,
    isAllowed: () => isAllowed(base),
    rename: (title) => json("", "PATCH", { title }),
    end: () => json("/end", "POST"),
    switchFlow: (flow) => json("/flow", "POST", { flow }),
    recover: () => json("/recover", "POST"),
    links: () => json("/links"),
    createLink: (role, hours) => json("/links", "POST", { role, expires_in_hours: hours }),
    revokeLink: (id) => json(`/links/${id}`, "DELETE"),
    people: () => json("/people"),
    versions: () => json("/versions"),
    keepVersion: (name) => json("/versions", "POST", { name }),
    forgetVersion: (id) => json(`/versions/${id}`, "DELETE"),
    copy: async (seq) => (await json<{ url: string }>("/copies", "POST", { seq })).url,
    layout: () => json("/layout"),
    diagram: (theme, signal) => diagram(`${base}/diagram.svg?theme=${theme}`, signal),
    exportDiagram: async (format, theme) => {
      const job = await json<ExportJob>("/exports", "POST", { format, theme });
      return finished(job, () => json<ExportJob>(`/exports/${job.id}`));
    },
    score: async () => (await json<{ run: ScoreRun }>("/scores", "POST")).run,
    latestScore: () => json("/scores/latest"),
    cancelScore: (run) => json(`/scores/${run}/cancel`, "POST"),
    askCoverage: () => json("/scores/coverage", "POST"),
    judgeConsent: () => json("/scores/judge-consent"),
    setJudgeConsent: (given) => json("/scores/judge-consent", "PUT", { given }),
    judgement: async (run) => (await json<Judged>(`/scores/${run}/judge`)).judge,
    interview: () => json("/interview"),
    act: ({ do: name, ...body }) => json(`/interview/${name}`, "POST", body),
    askJudge: async (run) => (await json<Judged>(`/scores/${run}/judge`, "POST")).judge,
  };
}

export type Requester = <T>(path: string, method?: string, body?: unknown) => Promise<T>;

/** Asks addresses below `base` for JSON. Raises ApiError. */
export function requester(base: string): Requester {
  return async <T>(path: string, method = "GET", body?: unknown): Promise<T> => {
    const response = await send(base + path, method, body);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
}

async function isAllowed(address: string): Promise<boolean> {
  try {
    const { status } = await fetch(address, { headers: { Accept: "application/json" } });
    return status !== 403 && status !== 404;
  } catch {
    return true;
  }
}

async function diagram(address: string, signal: AbortSignal): Promise<Diagram> {
  // "no-cache" asks each time, and an unchanged picture comes from this browser.
  const response = await answer(fetch(address, { cache: "no-cache", signal }));
  return { svg: await response.text(), note: response.headers.get("X-Ninestep-Note") };
}

async function finished(job: ExportJob, look: () => Promise<ExportJob>): Promise<string> {
  const giveUpAt = Date.now() + EXPORT_PATIENCE_MS;
  let current = job;
  while (current.status === "queued" || current.status === "leased") {
    if (Date.now() > giveUpAt) throw new ApiError(504, "It takes too long. Try again later.");
    await new Promise((resolve) => setTimeout(resolve, EXPORT_POLL_MS));
    current = await look();
  }
  if (current.url === null) throw new ApiError(422, current.reason);
  return current.url;
}

function send(address: string, method: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const payload = body === undefined ? null : JSON.stringify(body);
  return answer(fetch(address, { method, headers, body: payload }));
}

/** The response, or an ApiError whose message is a sentence. */
async function answer(request: Promise<Response>): Promise<Response> {
  let response: Response;
  try {
    response = await request;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "The server does not answer. Try again when you are online.");
  }
  if (!response.ok) throw new ApiError(response.status, await sentenceIn(response));
  return response;
}

async function sentenceIn(response: Response): Promise<string> {
  const fallback = `The server answered with error ${response.status}. Nothing was changed.`;
  try {
    const body = (await response.json()) as { error?: { message?: string } };
    return body.error?.message ?? fallback;
  } catch {
    return fallback;
  }
}

function csrfToken(): string {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}
