/** The texts of logs that are followed while they are written. */
import type { Reason } from './types';

const reasons: Record<Reason, string> = { new: 'New here', unexpected: 'Unexpected' };

const reasonHints: Record<Reason, string> = {
  new: 'A warning or an error that neither the logs held before nor the model knows.',
  unexpected: 'The model knows it, and did not expect it here.',
};

export const live = {
  title: 'Live',
  follow: 'Follow',
  followHint: 'Read new lines as they are written',
  again: 'Follow again',
  stop: 'Stop',
  pause: 'Pause',
  resume: 'Go on',
  status: {
    off: 'Not followed',
    starting: 'Starting',
    following: 'Following',
    paused: 'Paused',
    stopped: 'Stopped',
  },
  pausedHint: 'What is written meanwhile is read when it goes on.',
  idle: 'Follow these logs while they are written',
  idleHint:
    'New lines are read as they come, from where the report ends, also when a log is rotated or emptied. What is out of the ordinary shows up at once.',
  newEvents: (n: number, shown: string) => `${shown} new ${n === 1 ? 'event' : 'events'}`,
  unusual: (n: number, shown: string) => `${shown} out of the ordinary`,
  open: 'See what comes',
  files: (n: number, shown: string) => `${shown} ${n === 1 ? 'file' : 'files'}`,
  unread: (n: number, shown: string) => `${shown} ${n === 1 ? 'event has' : 'events have'} been written since the report was made.`,
  analyze: 'Analyze again',
  gone: 'These logs can no longer be followed',
  goneHint: 'Follow them again when they are back. The report stays open until other logs are.',
  other: 'Choose another folder…',
  cut: 'A log was emptied while it was open',
  cutHint: 'What the report was made from is no longer there. Analyze again to look into the logs as they are now; they are followed all the same.',
  chart: 'Events as they come',
  chartHint: (bar: string) => `One bar is ${bar}. Marked are those with events that are out of the ordinary.`,
  waiting: 'Nothing has been written yet.',
  list: 'Out of the ordinary',
  listHint: 'Alike events once, those that came last on top. Click one to see its lines.',
  none: 'Nothing out of the ordinary so far',
  noneHint: 'Warnings and errors that these logs did not hold before appear here as they are written.',
  noneCame: 'Nothing out of the ordinary came',
  times: (n: string) => `${n} times`,
  more: (n: number, shown: string) => `and ${shown} more ${n === 1 ? 'kind' : 'kinds'}`,
  show: (place: string) => `Show ${place}`,
  asNow: 'the file on disk now',
  asNowHint: 'This file has grown since the report was made. Analyze again to search and follow its new events.',
  reasons,
  reasonHints,
};
