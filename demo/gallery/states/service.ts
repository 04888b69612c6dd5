/** States of the elements of the service console: command panel and log. */
import type { MagtekLog } from '../../../src/elements/log/log.js';
import type { Stage } from '../stage.js';
import type { States } from '../state.js';

const SCRIPT = `# what the reader is
SENDCOMMAND,AA00810401B5D1018418D10181072B06010401F6098501028704020101018902C100
DISPLAYMESSAGE,A note between two commands
SENDCOMMAND,AA0081040113100884021008`;

const tab = (stage: Stage, name: string): Promise<void> => stage.press(`#tab-${name}`);

export const commandPanel: States = {
  idle: { title: 'Not connected yet' },
  ready: { title: 'Connected', reach: (stage) => stage.connect() },
  answered: {
    title: 'A command with its answer',
    reach: async (stage) => {
      await stage.connect();
      await stage.press('[part~=details] [part~=send]');
      await stage.shown('.answer.ok');
    },
  },
  rejected: {
    title: 'A command that was rejected',
    reach: async (stage) => {
      await stage.connect();
      stage.reader.startFault('busy');
      await stage.press('[part~=details] [part~=send]');
      await stage.shown('.answer.failed');
    },
  },
  invalid: {
    title: 'What was typed is not a command',
    reach: async (stage) => {
      await stage.connect();
      await stage.type('[part~=input]', 'AA00 81xx');
      await stage.press('[part~=custom] [part~=send]');
    },
  },
  scripts: { title: 'Scripts', reach: (stage) => stage.connect().then(() => tab(stage, 'script')) },
  'script-done': {
    title: 'A script that has run',
    reach: async (stage) => {
      await stage.connect();
      await tab(stage, 'script');
      await stage.shown('#script');
      await stage.type('#script', SCRIPT);
      await stage.press('[part~=script] button.primary');
      await stage.shown('[part~=results] tr:nth-of-type(3)');
    },
  },
  'script-wrong': {
    title: 'A script with mistakes',
    reach: async (stage) => {
      await stage.connect();
      await tab(stage, 'script');
      await stage.shown('#script');
      await stage.type('#script', 'SENDCOMMAND,AA00xx\nJUMP,3');
      await stage.press('[part~=script] button.primary');
      await stage.shown('.problems li');
    },
  },
  properties: {
    title: 'Properties',
    reach: async (stage) => {
      await stage.connect();
      await tab(stage, 'properties');
      await stage.press('[part~=properties] summary');
      await stage.press('[part~=properties] details[open] button');
      await stage.shown('[part~=properties] .value');
    },
  },
};

function logOf({ element }: Stage): MagtekLog {
  const found = element.querySelector('magtek-log');
  if (!found) throw new Error('there is no log on this stage');
  return found;
}

/** Some traffic to look at. */
async function traffic(stage: Stage): Promise<void> {
  await stage.connect();
  await stage.sale();
  stage.reader.insert('visa');
  await stage.saleEnds();
  stage.reader.startFault('busy');
  await stage.send('AA0081040113100884021008');
  await stage.shown('[part~=row]');
  await drawn();
}

/** The log draws once a frame. */
const drawn = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        resolve();
      });
    });
  });

export const log: States = {
  empty: { title: 'Nothing yet' },
  traffic: { title: 'A sale', reach: traffic },
  'no-bytes': { title: 'Without bytes', attributes: { 'hide-hex': '' }, reach: traffic },
  details: {
    title: 'One entry in full',
    reach: async (stage) => {
      await traffic(stage);
      await stage.press('[part~=row].from-reader:nth-last-child(3)');
      await stage.shown('[part~=tree], .details');
    },
  },
  statistics: {
    title: 'Statistics',
    reach: async (stage) => {
      await traffic(stage);
      await stage.press('.toolbar button[part~=button]:nth-of-type(3)');
      await stage.shown('[part~=statistics]');
    },
  },
  filtered: {
    title: 'Nothing fits the filter',
    reach: async (stage) => {
      await traffic(stage);
      await stage.type('[part~=search]', 'nothing of the kind');
      await stage.shown('.empty');
      await drawn();
    },
  },
  paused: {
    title: 'Paused, with newer entries',
    reach: async (stage) => {
      await traffic(stage);
      logOf(stage).paused = true;
      await stage.settle();
      await stage.send('AA0081040114100884021008');
      await drawn();
      await stage.shown('.newer');
    },
  },
  imported: {
    title: 'An opened file',
    reach: async (stage) => {
      await traffic(stage);
      const view = logOf(stage);
      await view.import(await view.export(), 'counter-3-monday.jsonl');
      await stage.shown('.opened');
      await drawn();
    },
  },
};
