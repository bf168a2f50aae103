// CPU and memory of the servers' processes and all of their descendants, from Linux' /proc.
import fs from "node:fs";

const TICKS_PER_SECOND = 100;

/** {name: pids} -> {name: {cpu_s, rss_mb, processes}} */
export function readProcesses(groups) {
  const all = readTable();
  return Object.fromEntries(
    Object.entries(groups).map(([name, pids]) => [name, sumOf(treeOf(pids, all), all)]),
  );
}

/** pid -> {parent, cpu_s}; the CPU of children that have ended is their parent's. */
function readTable() {
  const table = new Map();
  for (const name of fs.readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      table.set(Number(name), { parent: Number(fields[1]), cpu_s: ticks / TICKS_PER_SECOND });
    } catch {
      // it has ended meanwhile
    }
  }
  return table;
}

function treeOf(roots, table) {
  const found = new Set(roots);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [pid, { parent }] of table) if (found.has(parent)) found.add(pid);
  }
  return [...found].filter((pid) => table.has(pid));
}

function sumOf(pids, table) {
  const cpu_s = pids.reduce((sum, pid) => sum + table.get(pid).cpu_s, 0);
  const rss_mb = pids.reduce((sum, pid) => sum + memoryOf(pid), 0);
  return { cpu_s, rss_mb, processes: pids.length };
}

function memoryOf(pid) {
  try {
    const found = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "latin1"));
    return found ? Number(found[1]) / 1024 : 0;
  } catch {
    return 0;
  }
}
