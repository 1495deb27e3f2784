import { readFileSync } from 'node:fs';

/** Of a second; the same on every Linux. */
const TICKS = 100;
const KIBIBYTES_PER_MEBIBYTE = 1024;

/**
 * Seconds of CPU, user and system, that a process and the processes it started have used.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function cpuSeconds(pid: number): number {
  return sum(pid, (each) => {
    const stat = readFileSync(`/proc/${each}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // A name may hold anything.
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  });
}

/** Mebibytes of memory that a process and the processes it started hold. */
export function residentMebibytes(pid: number): number {
  return sum(pid, (each) => {
    const status = readFileSync(`/proc/${each}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / KIBIBYTES_PER_MEBIBYTE;
  });
}

function sum(pid: number, measure: (pid: number) => number): number {
  return family(pid).reduce((total, each) => total + measure(each), 0);
}

/** Nginx does its work in children. */
function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
  return [pid, ...children.filter(Boolean).flatMap((child) => family(Number(child)))];
}
