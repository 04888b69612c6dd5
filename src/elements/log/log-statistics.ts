/**
 * The figures of a log as a table with a small chart.
 * It does not know how they are found.
 */
import { html, svg, type TemplateResult } from 'lit';
import type { CommandStatistics } from './statistics.js';

/** Width of the chart in its own units. */
const WIDTH = 100;

export function statisticsTemplate(statistics: readonly CommandStatistics[]): TemplateResult {
  if (statistics.length === 0) return html`<p class="empty quiet">No command has been sent yet.</p>`;
  const longest = Math.max(...statistics.map(({ p95 = 0 }) => p95), Number.MIN_VALUE);
  return html`
    <table>
      <caption class="visually-hidden">
        Answers by command
      </caption>
      <thead>
        <tr>
          <th scope="col">Command</th>
          <th scope="col">Sent</th>
          <th scope="col">Answered</th>
          <th scope="col">Errors</th>
          <th scope="col">p50</th>
          <th scope="col">p95</th>
          <th scope="col" class="chart">p50 and p95, 0 to ${durationText(longest)}</th>
        </tr>
      </thead>
      <tbody>
        ${statistics.map((row) => rowTemplate(row, longest))}
      </tbody>
    </table>
  `;
}

function rowTemplate({ title, sent, answered, errors, p50, p95 }: CommandStatistics, longest: number): TemplateResult {
  return html`
    <tr>
      <th scope="row">${title}</th>
      <td>${sent}</td>
      <td>${answered}</td>
      <td class=${errors > 0 ? 'bad' : ''}>${errors}</td>
      <td>${durationText(p50)}</td>
      <td>${durationText(p95)}</td>
      <td class="chart">
        <svg viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">
          ${svg`
            <rect class="p95" width=${((p95 ?? 0) / longest) * WIDTH} height="10"></rect>
            <rect class="p50" width=${((p50 ?? 0) / longest) * WIDTH} height="10"></rect>
          `}
        </svg>
      </td>
    </tr>
  `;
}

const durationText = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? '–' : `${milliseconds.toFixed(milliseconds < 100 ? 1 : 0)} ms`;
