/** Type-to-insert: component types by name, alias or category, or a line that names and wires several. */

import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";

import type { Category, ComponentType } from "../document/catalogue";
import { isQuickEntry, planQuickEntry } from "../tools/quickEntry";
import { searchComponents, type Match } from "../tools/search";
import { merge } from "../tools/store";
import { Icon } from "../ui/Icon";

import { enterLine, insertComponent } from "./actions";
import { selectedEnd } from "./selection";
import type { PaletteRequest, Session } from "./session";
import { useStore } from "./useStore";
import { count, nameOf } from "./words";

/** What Enter does with one row. */
type Row =
  | { readonly type: "component"; readonly match: Match }
  | { readonly type: "plain"; readonly name: string }
  | { readonly type: "line"; readonly text: string };

export function Palette({ session }: { readonly session: Session }) {
  const request = useStore(session.ui, (ui) => ui.palette);
  return request && <OpenPalette session={session} request={request} />;
}

interface OpenPaletteProps {
  readonly session: Session;
  readonly request: PaletteRequest;
}

function OpenPalette({ session, request }: OpenPaletteProps) {
  const { catalogue } = session;
  const [query, setQuery] = useState("");
  const [category, setCategory] = useState<string | null>(null);
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  const matches = useMemo(() => searchComponents(catalogue, query), [catalogue, query]);
  const rows = useMemo(() => rowsOf(matches, category, query), [matches, category, query]);
  const onBoard = useMemo(() => countTypes(session), [session]);
  const chosen = Math.min(index, rows.length - 1);

  useEffect(() => {
    list.current?.querySelector(".is-sel")?.scrollIntoView({ block: "nearest" });
  }, [chosen, rows]);

  const close = (): void => {
    merge(session.ui, { palette: null });
    session.element?.focus({ preventScroll: true });
  };
  const choose = (row: Row | undefined, isConnecting: boolean): void => {
    if (!row) return;
    close();
    insert(session, request, row, isConnecting);
  };
  const write = (text: string): void => {
    setQuery(text);
    setIndex(0);
  };
  const keyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.nativeEvent.isComposing)
      choose(rows[chosen], event.ctrlKey || event.metaKey);
    else if (event.key === "ArrowDown") setIndex((chosen + 1) % rows.length);
    else if (event.key === "ArrowUp") setIndex((chosen - 1 + rows.length) % rows.length);
    else if (event.key === "Tab")
      setCategory(nextCategory(catalogue.categories, category, event.shiftKey));
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="pal-scrim" aria-hidden="true" onPointerDown={close} />
      <div className="pal pop" role="dialog" aria-label="Insert a component">
        <label className="pal-in">
          <Icon name="component" size={18} className="t3" />
          {/* Opened by a key or a button in order to type: the focus belongs here. */}
          <input
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-rows"
            aria-activedescendant={`palette-row-${chosen}`}
            aria-label="Component to insert"
            placeholder="Name a component"
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => write(event.target.value)}
            onKeyDown={keyDown}
          />
          {request.from !== null && (
            <span className="tag">from {nameOf(session, request.from)}</span>
          )}
        </label>
        <div className="pal-b">
          <Categories
            categories={catalogue.categories}
            matches={matches}
            chosen={category}
            isSearching={query !== ""}
            choose={setCategory}
          />
          <div ref={list} id="palette-rows" className="res" role="listbox" aria-label="Components">
            {rows.map((row, at) => (
              <PaletteRow
                key={at}
                id={`palette-row-${at}`}
                session={session}
                row={row}
                heading={headingOf(rows, at, catalogue.categories)}
                isChosen={at === chosen}
                onBoard={row.type === "component" ? (onBoard.get(row.match.type.id) ?? 0) : 0}
                choose={() => choose(row, false)}
              />
            ))}
          </div>
        </div>
        <p className="quick">
          <span className="mono">client -&gt; api gateway -&gt; ranker : features</span> adds and
          wires what it names
        </p>
        <div className="pal-foot">
          <span>
            <span className="kbd">↑</span>
            <span className="kbd">↓</span>choose
          </span>
          <span>
            <span className="kbd">Tab</span>categories
          </span>
          <span>
            <span className="kbd">Ctrl</span>
            <span className="kbd">Enter</span>insert and connect
          </span>
          <span className="sp" />
          <span>
            <span className="kbd">Esc</span>close
          </span>
        </div>
      </div>
    </>
  );
}

interface CategoriesProps {
  readonly categories: readonly Category[];
  readonly matches: readonly Match[];
  readonly chosen: string | null;
  readonly isSearching: boolean;
  readonly choose: (category: string | null) => void;
}

function Categories({ categories, matches, chosen, isSearching, choose }: CategoriesProps) {
  const found = (id: string): number => matches.filter(({ type }) => type.category === id).length;
  return (
    <ul className="cats" aria-label="Categories">
      <CategoryRow
        name="All"
        hue=""
        found={matches.length}
        isOn={chosen === null}
        choose={() => choose(null)}
      />
      {categories.map(({ id, name, hue }) => (
        <CategoryRow
          key={id}
          name={name}
          hue={`h-${hue}`}
          found={isSearching ? found(id) : null}
          isOn={chosen === id}
          choose={() => choose(id)}
        />
      ))}
    </ul>
  );
}

interface CategoryRowProps {
  readonly name: string;
  readonly hue: string;
  readonly found: number | null;
  readonly isOn: boolean;
  readonly choose: () => void;
}

function CategoryRow({ name, hue, found, isOn, choose }: CategoryRowProps) {
  return (
    <li className={hue}>
      <button
        type="button"
        tabIndex={-1}
        className={`${isOn ? "is-on" : ""} ${found === 0 ? "z" : ""}`}
        aria-pressed={isOn}
        // The field keeps the focus, so that typing goes on.
        onPointerDown={(event) => event.preventDefault()}
        onClick={choose}
      >
        <i />
        {name}
        <span className="num">{found === null || found === 0 ? "" : found}</span>
      </button>
    </li>
  );
}

interface PaletteRowProps {
  readonly id: string;
  readonly session: Session;
  readonly row: Row;
  readonly heading: string | null;
  readonly isChosen: boolean;
  readonly onBoard: number;
  readonly choose: () => void;
}

function PaletteRow({ id, session, row, heading, isChosen, onBoard, choose }: PaletteRowProps) {
  const type = row.type === "component" ? row.match.type : null;
  return (
    <>
      {heading !== null && (
        <p className="over" role="presentation">
          {heading}
        </p>
      )}
      {/* The field has the focus and handles the keys; the row is for the pointer. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        id={id}
        className={`pi h-${type?.hue ?? "slate"} ${isChosen ? "is-sel" : ""}`}
        role="option"
        tabIndex={-1}
        aria-selected={isChosen}
        onPointerDown={(event) => event.preventDefault()}
        onClick={choose}
      >
        <span className="tile tile--24">
          <Icon name={type?.icon ?? (row.type === "line" ? "connect" : "plus")} />
        </span>
        <RowWords session={session} row={row} />
        <span className="sp" />
        {onBoard > 0 && <span className="t12 t3 pi-n">{onBoard} on the board</span>}
        {isChosen && <span className="kbd">Enter</span>}
      </div>
    </>
  );
}

function RowWords({ session, row }: { readonly session: Session; readonly row: Row }) {
  if (row.type === "component") {
    const { type, marked } = row.match;
    return (
      <span className="clip">
        <b>{marked ? <Marked text={type.name} marked={marked} /> : type.name}</b>
        <small className="clip">{type.description}</small>
      </span>
    );
  }
  if (row.type === "plain")
    return (
      <span className="clip">
        <b>Plain component “{row.name}”</b>
      </span>
    );
  const plan = planQuickEntry(row.text, [], session.catalogue);
  return (
    <span className="clip">
      <b>{plan.components.map(({ name }) => name).join(" → ")}</b>
      <small>
        {count(plan.components.length, "component")}, {count(plan.connections.length, "connection")}
      </small>
    </span>
  );
}

interface MarkedProps {
  readonly text: string;
  readonly marked: readonly [number, number];
}

function Marked({ text, marked: [start, end] }: MarkedProps) {
  return (
    <>
      {text.slice(0, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  );
}

function rowsOf(matches: readonly Match[], category: string | null, query: string): Row[] {
  const name = query.trim();
  if (isQuickEntry(name)) return [{ type: "line", text: name }];
  const shown = matches.filter(({ type }) => category === null || type.category === category);
  const found = shown.map((match): Row => ({ type: "component", match }));
  return name ? [...found, { type: "plain", name }] : found;
}

/** Best matches stay in order; a heading stands where the category differs from the row before. */
function headingOf(
  rows: readonly Row[],
  at: number,
  categories: readonly Category[],
): string | null {
  const [before, row] = [rows[at - 1], rows[at]];
  const of = (each: Row | undefined): string | null =>
    each?.type === "component" ? each.match.type.category : (each?.type ?? null);
  if (!row || of(before) === of(row)) return null;
  if (row.type === "line") return "Add and wire";
  if (row.type === "plain") return "Other";
  return categories.find(({ id }) => id === row.match.type.category)?.name ?? null;
}

function nextCategory(
  categories: readonly Category[],
  current: string | null,
  isBack: boolean,
): string | null {
  const ids = [null, ...categories.map(({ id }) => id)];
  const step = isBack ? ids.length - 1 : 1;
  return ids[(ids.indexOf(current) + step) % ids.length] ?? null;
}

function countTypes(session: Session): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of session.view.items())
    if (item.kind === "components") counts.set(item.type, (counts.get(item.type) ?? 0) + 1);
  return counts;
}

function insert(session: Session, request: PaletteRequest, row: Row, isConnecting: boolean): void {
  if (row.type === "line") {
    enterLine(session, row.text, request.at);
    return;
  }
  const from = request.from ?? (isConnecting ? selectedEnd(session) : null);
  const type: Pick<ComponentType, "id" | "name"> =
    row.type === "component" ? row.match.type : { id: "other", name: row.name };
  insertComponent(session, { type: type.id, name: type.name, at: request.at, from });
}
