/**
 * The figures of a log as a table with a small chart: loaded when somebody wants to see them.
 */
import { html, svg, type TemplateResult } from 'lit';
import { logStatisticsWords } from '../../language/english/log-parts.js';
import type { JournalEntry } from '../../journal/journal.js';
import type { Language } from '../../language/language-controller.js';
import { figureText } from '../shared/figures.js';
import { commandStatistics, type CommandStatistics } from './statistics.js';

/** Width of the chart in its own units. */
const WIDTH = 100;

export function statisticsTemplate(given: Language<'log.statistics'>, entries: Iterable<JournalEntry>): TemplateResult {
  return html`<div
    class="statistics"
    part="statistics"
    role="group"
    aria-label=${given.text('log.statistics')}
    tabindex="0"
  >
    ${tableTemplate(given.with(logStatisticsWords), commandStatistics(entries))}
  </div>`;
}

function tableTemplate(
  language: Language<keyof typeof logStatisticsWords>,
  statistics: readonly CommandStatistics[],
): TemplateResult {
  if (statistics.length === 0) return html`<p class="empty quiet">${language.text('log.nothing-sent')}</p>`;
  const longest = Math.max(...statistics.map(({ p95 = 0 }) => p95), Number.MIN_VALUE);
  return html`
    <table>
      <caption class="visually-hidden">
        ${language.text('log.by-command')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${language.text('log.command')}</th>
          <th scope="col">${language.text('log.to-reader')}</th>
          <th scope="col">${language.text('log.answered')}</th>
          <th scope="col">${language.text('log.errors')}</th>
          <th scope="col">p50</th>
          <th scope="col">p95</th>
          <th scope="col" class="chart">${language.text('log.chart', { most: figureText(language, longest) })}</th>
        </tr>
      </thead>
      <tbody>
        ${statistics.map((row) => rowTemplate(language, row, longest))}
      </tbody>
    </table>
  `;
}

function rowTemplate(
  language: Language,
  { title, sent, answered, errors, p50, p95 }: CommandStatistics,
  longest: number,
): TemplateResult {
  return html`
    <tr>
      <th scope="row" lang="en" dir="auto">${title}</th>
      <td>${language.number(sent)}</td>
      <td>${language.number(answered)}</td>
      <td class=${errors > 0 ? 'bad' : ''}>${language.number(errors)}</td>
      <td>${figureText(language, p50)}</td>
      <td>${figureText(language, p95)}</td>
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
