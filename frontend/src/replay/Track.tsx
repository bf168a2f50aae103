/**
 * The track: where one is, the steps, who was active when, pauses, and markers to jump to.
 * What the pointer drags on is a slider; the markers stand above it, as buttons of their own.
 */

import { memo, type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";

import { useStore } from "../board/useStore";
import { Icon } from "../ui/Icon";
import type { FlowStep } from "../workspace/bootstrap";

import { columnsOf } from "./activity";
import type { Person, Row } from "./history";
import type { Marker } from "./markers";
import { useReplay } from "./session";
import type { Timeline } from "./timeline";
import { clock, spoken } from "./words";

/** CSS px: a marker and the least room to the next; what does not fit is in the list only. */
const MARKER_PX = 26;
const COLUMN_PX = 8;

export function Track() {
  const { boot, film, player, contents, chronicle } = useReplay();
  const timeline = useStore(player.state, (state) => state.timeline);
  const { people, markers, count } = useStore(contents, (all) => all);
  const [lane, width] = useWidth();
  return (
    <div className="rp-lane" ref={lane}>
      <MarkerButtons timeline={timeline} markers={markers} width={width} />
      <Slider>
        <Steps timeline={timeline} firstRows={chronicle.firstRows} steps={boot.flow.steps} />
        <Activity
          rows={film.rows}
          count={count}
          timeline={timeline}
          people={people}
          width={width}
        />
        <Gaps timeline={timeline} />
        <Head />
      </Slider>
    </div>
  );
}

function Slider({ children }: { readonly children: React.ReactNode }) {
  const { player } = useReplay();
  const element = useRef<HTMLDivElement>(null);
  const now = useStore(player.state, (s) => Math.round(s.timeline.sessionAt(s.time) / 1000));
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
      aria-valuemax={Math.round(all / 1000)}
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
  readonly steps: readonly FlowStep[];
}

/** From the first work on each step to that on the next one. */
function Steps({ timeline, firstRows, steps }: StepsProps) {
  const { player, chronicle } = useReplay();
  const current = useStore(player.state, ({ shown }) => chronicle.stepAt(shown - 1));
  const begun = [...firstRows].sort(([, a], [, b]) => a - b);
  return (
    <div className="rp-steps" aria-hidden="true">
      {begun.map(([id, row], index) => {
        const step = steps.find((one) => one.id === id);
        const from = timeline.at(row);
        const to = timeline.at(begun[index + 1]?.[1] ?? Number.MAX_SAFE_INTEGER);
        return (
          <span
            key={id}
            className={id === current ? "is-on" : ""}
            style={{ left: percent(from, timeline), width: percent(to - from, timeline) }}
          >
            <b>{step?.number}</b>
            <em>{step?.short_name}</em>
          </span>
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

function MarkerButtons({ timeline, markers, width }: MarkerButtonsProps) {
  const { player } = useReplay();
  const fitting = useMemo(
    () => apart(markers, ({ row }) => (timeline.at(row) / (timeline.duration || 1)) * width),
    [markers, timeline, width],
  );
  return (
    <div className="rp-markers" role="group" aria-label="Markers">
      {fitting.map((marker) => (
        <button
          key={marker.key}
          type="button"
          className={`rp-mark rp-mark--${marker.kind === "step" ? "step" : "other"}`}
          style={{ left: percent(timeline.at(marker.row), timeline) }}
          aria-label={`Go to ${marker.title}`}
          title={marker.title}
          onClick={() => player.showRow(marker.row)}
        >
          {marker.kind === "step" ? marker.sign : <Icon name={iconOf(marker.kind)} size={12} />}
        </button>
      ))}
    </div>
  );
}

export const iconOf = (kind: string): string => (kind === "score" ? "bars" : "flag");

/** Leaves out what would lie on the one before it. */
function apart(markers: readonly Marker[], placeOf: (marker: Marker) => number): readonly Marker[] {
  let last = -Infinity;
  return markers.filter((marker) => {
    const place = placeOf(marker);
    if (place - last < MARKER_PX) return false;
    last = place;
    return true;
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
