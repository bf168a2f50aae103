/**
 * The track: where one is, the steps, who was active when, pauses, and markers to jump to.
 * What the pointer drags on is a slider; the markers stand above it, as buttons of their own.
 */

import { memo, type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";

import { useStore } from "../board/useStore";
import { Icon } from "../ui/Icon";
import { allSteps } from "../workspace/flows";
import type { Person, Row } from "../workspace/history";

import { columnsOf } from "./activity";
import { type Marker, stepKey } from "./markers";
import { useReplay } from "./session";
import type { Timeline } from "./timeline";
import { clock, spoken } from "./words";

/** CSS px: a marker and the least room to the next; what does not fit is in the list only. */
const MARKER_PX = 26;
/** With less room, a step is its number alone. */
const NAMED_PX = 64;
const COLUMN_PX = 8;

export function Track() {
  const { film, player, contents, chronicle } = useReplay();
  const timeline = useStore(player.state, (state) => state.timeline);
  const { people, markers, count } = useStore(contents, (all) => all);
  const [lane, width] = useWidth();
  return (
    <div className="rp-lane" ref={lane}>
      <MarkerButtons timeline={timeline} markers={markers} width={width} />
      <StepButtons timeline={timeline} markers={markers} width={width} />
      <Slider>
        <StepSpans timeline={timeline} firstRows={chronicle.firstRows} />
        <Gaps timeline={timeline} />
        <Activity
          rows={film.rows}
          count={count}
          timeline={timeline}
          people={people}
          width={width}
        />
        <Head />
      </Slider>
    </div>
  );
}

function Slider({ children }: { readonly children: React.ReactNode }) {
  const { player } = useReplay();
  const element = useRef<HTMLDivElement>(null);
  const now = useStore(player.state, (s) => Math.floor(s.timeline.sessionAt(s.time) / 1000));
  const all = useStore(player.state, ({ timeline }) => timeline.sessionAt(timeline.duration));

  const seek = (event: PointerEvent): void => {
    const box = element.current?.getBoundingClientRect();
    if (!box?.width) return;
    player.seek(((event.clientX - box.left) / box.width) * player.state.get().timeline.duration);
  };
  return (
    <div
      ref={element}
      className="rp-slider"
      role="slider"
      tabIndex={0}
      aria-label="Position in the session"
      aria-valuemin={0}
      aria-valuemax={Math.floor(all / 1000)}
      aria-valuenow={now}
      aria-valuetext={`${spoken(now * 1000)} of ${spoken(all)}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
      }}
    >
      {children}
    </div>
  );
}

/** Moves with every frame, and alone. */
function Head() {
  const { player } = useReplay();
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = (): void => {
      const { time, timeline } = player.state.get();
      head.current?.style.setProperty("left", percent(time, timeline));
    };
    place();
    return player.state.subscribe(place);
  }, [player]);
  return <div ref={head} className="rp-head" />;
}

interface StepsProps {
  readonly timeline: Timeline;
  readonly firstRows: ReadonlyMap<string, number>;
}

/** From the first work on each step to that on the next one. */
function StepSpans({ timeline, firstRows }: StepsProps) {
  const { player, chronicle } = useReplay();
  const current = useStore(player.state, ({ shown }) => chronicle.stepAt(shown - 1));
  const begun = [...firstRows].sort(([, a], [, b]) => a - b);
  return (
    <div className="rp-steps">
      {begun.map(([id, row], index) => {
        const from = timeline.at(row);
        const to = timeline.at(begun[index + 1]?.[1] ?? Number.MAX_SAFE_INTEGER);
        return (
          <i
            key={id}
            className={id === current ? "is-on" : ""}
            style={{ left: percent(from, timeline), width: percent(to - from, timeline) }}
          />
        );
      })}
    </div>
  );
}

interface ActivityProps {
  readonly rows: readonly Row[];
  /** How many rows there are: the list itself only grows. */
  readonly count: number;
  readonly timeline: Timeline;
  readonly people: ReadonlyMap<string, Person>;
  readonly width: number;
}

const Activity = memo(function Activity(props: ActivityProps) {
  const { rows, count, timeline, people, width } = props;
  const columns = useMemo(
    () => columnsOf(rows.slice(0, count), timeline, Math.max(1, Math.floor(width / COLUMN_PX))),
    [rows, count, timeline, width],
  );
  const most = Math.max(1, ...columns.map(({ total }) => total));
  return (
    <svg
      className="rp-activity"
      viewBox={`0 0 ${columns.length} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {columns.map(({ counts }, x) => {
        let top = 1;
        return [...people.values()].map(({ participant, color }) => {
          // By the root, so that a quiet time is seen beside a busy one.
          const height = ((counts.get(participant) ?? 0) / most) ** 0.5 * Math.min(1, top);
          if (height === 0) return null;
          top -= height;
          return (
            <rect
              key={`${x} ${participant}`}
              className={`rp-p${color}`}
              x={x + 0.12}
              y={Math.max(0, top)}
              width={0.76}
              height={Math.min(height, top + height)}
            />
          );
        });
      })}
    </svg>
  );
});

function Gaps({ timeline }: { readonly timeline: Timeline }) {
  return (
    <div className="rp-gaps" aria-hidden="true">
      {timeline.gaps.map(({ from, to, length }) => (
        <i
          key={from}
          title={`Nothing happened for ${clock(length)}`}
          style={{ left: percent(from, timeline), width: percent(to - from, timeline) }}
        />
      ))}
    </div>
  );
}

interface MarkerButtonsProps {
  readonly timeline: Timeline;
  readonly markers: readonly Marker[];
  readonly width: number;
}

/** What is marked beside the steps. */
function MarkerButtons({ timeline, markers, width }: MarkerButtonsProps) {
  const { player } = useReplay();
  const others = markers.filter(({ kind }) => kind !== "step");
  if (others.length === 0) return null;
  return (
    <div className="rp-markers" role="group" aria-label="Markers">
      {placed(others, timeline, width).map(({ marker: { key, kind, title, row } }) => (
        <button
          key={key}
          type="button"
          className="rp-mark"
          style={{ left: `clamp(12px, ${percent(timeline.at(row), timeline)}, 100% - 12px)` }}
          aria-label={`Go to ${title}`}
          title={title}
          onClick={() => player.showRow(row)}
        >
          <Icon name={iconOf(kind)} size={12} />
        </button>
      ))}
    </div>
  );
}

/** On the ruler: the name of a step is the way to its beginning, the rest of it is the slider. */
function StepButtons({ timeline, markers, width }: MarkerButtonsProps) {
  const { boot, player, chronicle } = useReplay();
  const current = useStore(player.state, ({ shown }) => chronicle.stepAt(shown - 1));
  const steps = placed(
    markers.filter(({ kind }) => kind === "step"),
    timeline,
    width,
  );
  return (
    <div className="rp-names" role="group" aria-label="Steps">
      {steps.map(({ marker: { key, title, sign, row }, room }) => {
        const step = allSteps(boot).find(({ id }) => stepKey(id) === key);
        return (
          <button
            key={key}
            type="button"
            className={`inset ${step?.id === current ? "is-on" : ""}`}
            style={{ left: percent(timeline.at(row), timeline), maxWidth: `${room}px` }}
            aria-label={`Go to ${title}`}
            title={title}
            onClick={() => player.showRow(row)}
          >
            <b>{sign}</b>
            {room > NAMED_PX ? <em>{step?.short_name}</em> : null}
          </button>
        );
      })}
    </div>
  );
}

export const iconOf = (kind: string): string => (kind === "score" ? "bars" : "flag");

interface Placed {
  readonly marker: Marker;
  /** CSS px to the next one. */
  readonly room: number;
}

/** Leaves out what would lie on the one before it; that is in the list of markers only. */
function placed(markers: readonly Marker[], timeline: Timeline, width: number): readonly Placed[] {
  const placeOf = ({ row }: Marker): number =>
    (timeline.at(row) / (timeline.duration || 1)) * width;
  let last = -Infinity;
  const fitting = markers.filter((marker) => {
    const place = placeOf(marker);
    if (place - last < MARKER_PX) return false;
    last = place;
    return true;
  });
  return fitting.map((marker, index) => {
    const next = fitting[index + 1];
    return { marker, room: Math.max(MARKER_PX, (next ? placeOf(next) : width) - placeOf(marker)) };
  });
}

function percent(time: number, { duration }: Timeline): string {
  return `${duration ? (time / duration) * 100 : 0}%`;
}

function useWidth(): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(0);
  const follow = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [follow, width];
}
