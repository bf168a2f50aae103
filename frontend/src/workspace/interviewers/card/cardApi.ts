/** The REST addresses of one's own score card and of the panel's, as typed functions. */

import { requester } from "../../api";

import type { CardReply, NoLevel, PanelReply, Rating, VerdictId } from "./cards";
import { readOwn, readPanel, type WireOwn, type WirePanel } from "./wire";

export interface CardApi {
  card(): Promise<CardReply>;
  panel(): Promise<PanelReply>;
  /** Each change answers with the card as it is then. */
  rate(item: string, rating: Rating): Promise<CardReply>;
  decide(verdict: VerdictId, reason: string): Promise<CardReply>;
  submit(): Promise<CardReply>;
  revise(item: string, to: Revised): Promise<CardReply>;
}

export interface Revised {
  readonly level: number | null;
  readonly state: NoLevel;
  readonly reason: string;
}

/** base: the address of the design under the REST interface. */
export function createCardApi(base: string): CardApi {
  const json = requester(base);
  const own = async (path: string, method?: string, body?: unknown): Promise<CardReply> =>
    readOwn(await json<WireOwn>(`/card${path}`, method, body));
  const rating = (item: string): string => `/ratings/${encodeURIComponent(item)}`;
  return {
    card: () => own(""),
    panel: async () => readPanel(await json<WirePanel>("/panel")),
    rate: (item, body) => own(rating(item), "PUT", body),
    decide: (verdict, reason) => own("/verdict", "PUT", { verdict, reason }),
    submit: () => own("/submit", "POST"),
    revise: (item, to) => own(`${rating(item)}/revise`, "POST", to),
  };
}
