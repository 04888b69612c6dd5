/**
 * Runs the steps of a script, one after the other.
 * It does not know how results are shown, and none of its results holds card data.
 */
import { commands } from '../mms/commands/index.js';
import { describe } from '../mms/describe.js';
import { toHex } from '../mms/hex.js';
import { redactText } from '../mms/redact.js';
import { tagInfo } from '../mms/tables/tags.js';
import { searchNode, type TlvNode } from '../mms/tlv.js';
import { readPropertyAnswers, type PropertyAnswer } from '../mms/views/property.js';
import type { SignatureData } from '../mms/views/signature.js';
import type { ReaderClient } from '../client/reader-client.js';
import { inTurn } from '../device/reader-guard.js';
import type { ScriptStep } from './script.js';

/** What became of one step. */
export interface StepResult {
  /** Line of the script, counted from 1. */
  readonly line: number;
  readonly outcome: 'done' | 'failed';
  /** For people; card data are masked. */
  readonly text: string;
  /** What was signed, where a step shows that. */
  readonly signature?: SignatureData;
  /** How long the reader took to answer; of commands only. */
  readonly milliseconds?: number;
}

export interface RunScriptOptions {
  readonly client: Pick<ReaderClient, 'request' | 'connect' | 'disconnect' | 'subscribe' | 'getDeviceInfo'>;
  readonly steps: readonly ScriptStep[];
  /** Resolves after that many milliseconds, and rejects when the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Whether the first step that fails is the last one. A step that would go to another reader than those before is the last in any case. */
  readonly stopOnError: boolean;
  /** Gets each result as soon as there is one. */
  readonly onResult: (result: StepResult) => void;
}

/** Whether a step asks the reader something. */
const isAsking = ({ kind }: ScriptStep): boolean => kind === 'send' || kind === 'property' || kind === 'info';

/** Resolves when the script is over: run to its end, stopped by a failure or at another reader, or aborted. Never rejects. */
export async function runScript({ steps, stopOnError, ...tools }: RunScriptOptions): Promise<void> {
  // One question alone goes to one reader in any case.
  const isGuarded = steps.filter(isAsking).length > 1;
  await inTurn<ScriptStep, StepResult>(
    steps,
    { ...tools, isLast: ({ outcome }) => stopOnError && outcome === 'failed' },
    async (step, guard) => {
      if (isGuarded && isAsking(step)) await guard();
      return { line: step.line, outcome: 'done', ...(await runStep(step, tools)) };
    },
    ({ line }, message) => ({ line, outcome: 'failed', text: redactText(message) }),
  );
}

type Tools = Pick<RunScriptOptions, 'client' | 'wait' | 'signal'>;

async function runStep(
  step: ScriptStep,
  { client, wait, signal }: Tools,
): Promise<Omit<StepResult, 'line' | 'outcome'> & { readonly outcome?: 'failed' }> {
  switch (step.kind) {
    case 'send': {
      let milliseconds: number | undefined;
      // Listeners get copies: the request is recognised by its bytes.
      const sent = toHex(step.bytes);
      const unsubscribe = client.subscribe('response', (detail) => {
        if (toHex(detail.request.bytes) === sent) ({ milliseconds } = detail);
      });
      const response = await client.request(step.bytes, { signal }).finally(unsubscribe);
      return {
        text: describe(response),
        ...(milliseconds === undefined ? {} : { milliseconds }),
        ...(response.status.ok ? {} : { outcome: 'failed' }),
      };
    }
    case 'wait':
      await wait(step.milliseconds, signal);
      return { text: `Waited ${String(step.milliseconds)} ms` };
    case 'message':
      return { text: redactText(step.text) };
    case 'tag-value': {
      const node = searchNode(step.nodes, step.tag);
      return { text: `${step.tag} = ${node ? valueText(node, step.isText) : redactText(step.fallback)}` };
    }
    case 'tlv':
      return { text: lines(step.nodes).join('\n') };
    case 'shown':
      return { text: step.text, ...(step.signature ? { signature: step.signature } : {}) };
    case 'property': {
      const response = await client.request(commands.getProperty({ oid: step.oid }), { signal });
      const property = readPropertyAnswers(response).find(({ oid }) => oid === step.oid);
      return property
        ? { text: propertyText(property) }
        : {
            text: response.status.ok ? 'The answer does not hold the property' : describe(response),
            outcome: 'failed',
          };
    }
    case 'info': {
      const { properties } = await client.getDeviceInfo({ signal });
      return { text: properties.map(propertyText).join('\n') };
    }
    case 'detect':
      client.disconnect();
      await client.connect({ signal });
      return { text: 'Connected' };
    case 'open':
      await client.connect({ signal });
      return { text: 'Connected' };
    case 'close':
      client.disconnect();
      return { text: 'Disconnected' };
  }
}

const propertyText = ({ oid, name, text }: PropertyAnswer): string => `${oid} ${name} = ${redactText(text)}`;

function lines(nodes: readonly TlvNode[], indent = ''): string[] {
  return nodes.flatMap((node) => {
    const head = `${indent}${node.tag} ${tagInfo(node.tag)?.name ?? ''}`.trimEnd();
    return node.children ? [head, ...lines(node.children, `${indent}  `)] : [`${head} = ${valueText(node, false)}`];
  });
}

/** A value for people; of a sensitive tag only its length. */
function valueText({ tag, value }: TlvNode, isText: boolean): string {
  if (tagInfo(tag)?.sensitive) return `masked, ${String(value.length)} bytes`;
  return redactText(isText ? String.fromCharCode(...value) : toHex(value));
}
