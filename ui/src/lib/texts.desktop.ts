/** What the desktop around the window is told, and what comes from there. */
export const desktop = {
  analyzed: (logs: string) => `Analyzed ${logs}`,
  notAnalyzed: (logs: string) => `${logs} could not be analyzed`,
  trained: (name: string) => `Trained “${name}”`,
  notTrained: (name: string) => `“${name}” could not be trained`,
  incident: (title: string, category: string) => `${title} (${category})`,
  loss: (loss: string, epochs: number) => `Validation loss ${loss} after ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`,
  notifications: 'Notifications',
  notify: 'When long work is done',
  notifyHint: 'The desktop tells what came of an analysis or a training that took a while, unless this window is in front.',
  stopped: (logs: string) => `The analysis of ${logs} was stopped`,
  stoppedHint: 'Another folder was opened from outside this window.',
  openAgain: 'Open it again',
  reveal: 'Show in folder',
  drag: 'Drag the file from here into another program',
};
