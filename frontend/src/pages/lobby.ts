/** The lobby: what the server knows of it comes in by itself, and who is admitted moves on to the board. */

import "./site";

import { socketAddress } from "../sync/address";
import { openEvents } from "../workspace/events";

import { keepFresh } from "./refreshing";

const POLL_MS = 5_000;

const sockets = document.body.dataset.lobby;
if (sockets !== undefined) {
  const refresh = keepFresh(document, (address) => location.replace(address));
  openEvents(socketAddress(`${sockets}/events`)).subscribe(refresh);
  // Where no socket gets through.
  setInterval(refresh, POLL_MS);
}
