/** Play, speed, where one is, who is at what, and the track below it. */

import { useStore } from "../board/useStore";
import { Face } from "../ui/Face";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { allSteps } from "../workspace/flows";

import { SPEEDS, type Speed } from "./player";
import { useReplay } from "./session";
import { Track } from "./Track";
import { obey } from "./useReplayKeys";
import { clock, sentenceOf, wallTime } from "./words";

export function Foot() {
  return (
    <footer className="rp-foot">
      <div className="rp-ctl">
        <Buttons />
        <Clock />
        <SpeedButtons />
        <IdleSwitch />
        <span className="sp" />
        <Now />
      </div>
      <Track />
    </footer>
  );
}

function Buttons() {
  const session = useReplay();
  const isPlaying = useStore(session.player.state, (state) => state.isPlaying);
  return (
    <span className="row rp-buttons">
      <IconButton
        icon="prev"
        label="Previous marker"
        shortcut="["
        onClick={() => obey(session, "marker.previous")}
      />
      <button
        type="button"
        className="icon-btn rp-play"
        aria-label={isPlaying ? "Pause" : "Play"}
        title={`${isPlaying ? "Pause" : "Play"}  Space`}
        onClick={() => session.player.toggle()}
      >
        <Icon name={isPlaying ? "pause" : "play"} size={18} />
      </button>
      <IconButton
        icon="skip"
        label="Next marker"
        shortcut="]"
        onClick={() => obey(session, "marker.next")}
      />
    </span>
  );
}

/** Session time by the second, so that it renders once a second. */
function Clock() {
  const { player, film } = useReplay();
  const now = useStore(player.state, ({ timeline, time }) => clock(timeline.sessionAt(time)));
  const all = useStore(player.state, ({ timeline }) =>
    clock(timeline.sessionAt(timeline.duration)),
  );
  const wall = useStore(player.state, ({ timeline, time }) => {
    const [first] = film.rows;
    return first ? wallTime(first.at + timeline.sessionAt(time)) : "";
  });
  return (
    <span className="rp-clock num">
      <b>{now}</b> <span>of {all}</span>
      <span className="rp-wall" title="Time of day">
        {wall}
      </span>
    </span>
  );
}

function SpeedButtons() {
  const { player } = useReplay();
  const speed = useStore(player.state, (state) => state.speed);
  const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
  return (
    <>
      <span className="seg rp-speeds" role="group" aria-label="Speed">
        {SPEEDS.map((one: Speed) => (
          <button
            key={one}
            type="button"
            className={one === speed ? "is-on" : ""}
            aria-pressed={one === speed}
            onClick={() => player.setSpeed(one)}
          >
            {one}×
          </button>
        ))}
      </span>
      <button
        type="button"
        className="btn rp-speed"
        aria-label={`Speed ${speed}×, change to ${next}×`}
        onClick={() => player.setSpeed(next)}
      >
        {speed}×
      </button>
    </>
  );
}

function IdleSwitch() {
  const { player } = useReplay();
  const isSkipping = useStore(player.state, (state) => state.isSkipping);
  const idle = useStore(player.state, ({ timeline }) =>
    clock(timeline.gaps.reduce((sum, { length }) => sum + length, 0)),
  );
  return (
    <button
      type="button"
      role="switch"
      className="rp-idle"
      aria-checked={isSkipping}
      aria-label={`Skip idle time, ${idle}`}
      title="Pauses over three seconds take one"
      onClick={() => player.setSkipping(!isSkipping)}
    >
      <span className={`switch ${isSkipping ? "is-on" : ""}`} />
      <span>
        Skip idle<span className="rp-rest num"> time, {idle}</span>
      </span>
    </button>
  );
}

/** The author of the last change, and what it was. */
function Now() {
  const { boot, film, chronicle, contents, player } = useReplay();
  const entry = useStore(player.state, ({ shown }) => chronicle.entryOf(shown - 1));
  const people = useStore(contents, (all) => all.people);
  const last = chronicle.entries[entry];
  if (!last || film.rows.length === 0) return null;
  const person = last.who ? people.get(last.who) : undefined;
  return (
    <span className="rp-now">
      {person ? <Face name={person.name} color={person.color} /> : null}
      <span className="clip">
        {person ? <b>{person.name}</b> : null} {sentenceOf(last.deed, allSteps(boot))}
      </span>
    </span>
  );
}
