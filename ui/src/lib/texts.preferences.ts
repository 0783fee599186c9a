/** The texts of the settings: for each what it does, and when to change it. */

type Words = { label: string; what: string; when: string };

const analysis: Record<string, Words> = {
  'analysis.keep_percent': {
    label: 'Keep most important',
    what: 'Percent of the events that are kept as important, those that surprise the model most first. The rest is not looked at as evidence, unless it departs clearly or belongs to a failing request.',
    when: 'Lower it where logs of millions of lines give too much evidence; raise it to 100 where a cause may hide among ordinary lines.',
  },
  'tfidf.threshold': {
    label: 'Relevance threshold',
    what: 'Least likeness of a line’s words to the issue that you describe, from 0 to 1. It counts only where an issue is given.',
    when: 'Raise it where evidence strays from the issue; lower it where the issue is told in other words than the logs have.',
  },
  'analysis.max_evidence': {
    label: 'Most evidence',
    what: 'Pieces of evidence in a report.',
    when: 'Lower it for short reports to hand on; the causes stay the same.',
  },
  'analysis.max_causes': {
    label: 'Most causes',
    what: 'Causes in a report, the most likely first.',
    when: 'Lower it where only the first few are read.',
  },
  'tfidf.max_terms': {
    label: 'Terms compared',
    what: 'Words and word sequences that count when lines are compared with the issue, the most frequent first.',
    when: 'Raise it for logs of many services, where rare names matter; it costs a little time.',
  },
  'tfidf.ngrams': {
    label: 'Longest term',
    what: 'Words in a row that count as one term.',
    when: '1 compares single words alone; 3 tells “no valid host” from “valid host”.',
  },
  'tfidf.stop_words': {
    label: 'Leave out English stop words',
    what: 'Words such as the, of and and do not count when lines are compared with the issue.',
    when: 'Turn it off where the issue is written in another language and its words are taken for these.',
  },
};

const training: Record<string, Words> = {
  'lstm.sequence_length': {
    label: 'Sequence length',
    what: 'Events that the model looks back.',
    when: 'Raise it where requests have more steps than this; training takes longer in proportion.',
  },
  'lstm.embedding': {
    label: 'Embedding',
    what: 'Size of the vector that stands for a template.',
    when: 'Rarely. Smaller is faster; larger can help where thousands of templates are learned.',
  },
  'lstm.units': {
    label: 'LSTM units',
    what: 'Hidden units: how much the model can remember of what came before.',
    when: 'Raise it where the held-out loss stays high while the training loss does too.',
  },
  'lstm.dropout': {
    label: 'Dropout',
    what: 'Share of inputs and outputs that is left out while training, so that nothing is learned by heart.',
    when: 'Raise it where the held-out loss rises while the training loss still falls.',
  },
  'lstm.batch': {
    label: 'Batch',
    what: 'Windows that the network learns from at a time.',
    when: 'Rarely. Larger is faster and less exact.',
  },
  'lstm.epochs': {
    label: 'Epochs',
    what: 'The most passes over the logs; training stops earlier where it gains no more.',
    when: 'Raise it where the curve still falls at its end; lower it to have a first model soon.',
  },
  'lstm.patience': {
    label: 'Patience',
    what: 'Epochs without a better held-out loss before training stops.',
    when: 'Raise it where the curve falls in steps.',
  },
  'lstm.validation_split': {
    label: 'Held out',
    what: 'Share of the windows that is not learned from. The importance of events is measured against them.',
    when: 'Raise it where there are few logs, so that the measure is less rough.',
  },
  'lstm.learning_rate': {
    label: 'Learning rate',
    what: 'Step size of the optimizer, Adam.',
    when: 'Lower it tenfold where training says that it diverged.',
  },
  'lstm.max_windows': {
    label: 'Most windows',
    what: 'Distinct windows that are learned from, a random choice where there are more. 0 for no limit.',
    when: 'Raise it for more logs than this and time to spare.',
  },
  'lstm.seed': {
    label: 'Seed',
    what: 'Decides all that is random: the same logs and seed give the same model.',
    when: 'Change it to see how much of a result is chance.',
  },
};

export const preferences = {
  title: 'Settings',
  lead: 'Changes are kept at once.',
  search: 'Search settings',
  index: 'Sections',
  nothing: (query: string) => `No setting has “${query}” in it`,
  clear: 'Show all settings',
  undo: 'Undo',
  undoWhat: (what: string) => `Undo: ${what}`,
  changed: (what: string) => `Changed: ${what}`,
  reset: 'Reset to the default',
  resetAll: 'Reset all to defaults',
  resetSection: 'Reset these',
  standard: (value: string) => `Default ${value}`,
  wrong: (allowed: string) => `This must be ${allowed}.`,
  wrongWhole: (allowed: string) => `This must be a whole number ${allowed}.`,
  least: 'a number of 0 or more',
  on: 'on',
  off: 'off',
  when: 'When to change it:',

  appearance: 'Appearance',
  appearanceWords: 'theme colours dark light system',
  theme: 'Theme',
  contrast: 'Contrast',
  contrastWhat: 'High shows text at 7 to 1 and more, and every line. “System” follows the desktop.',
  themeWhat: 'Colours of the window. “System” follows the desktop.',
  analysis: 'Analysis',
  analysisHint: 'What counts as evidence. A change takes effect with the next analysis.',
  model: 'Model',
  modelHint: 'The model that scores how unusual an event is.',
  modelWords: 'model lstm compare library',
  manage: 'Manage models…',
  training: 'Training',
  trainingHint: 'How models are built, where training does not say otherwise. Good periods are learned with these as well.',
  known: 'Known failures',
  knownWords: 'known failures signatures toml own folder',
  folders: 'Folders',
  foldersHint: 'Where the program keeps its files, and how much they take.',
  foldersWords: 'folders files settings models cache index clear disk space size baselines samples',
  language: 'Language model and privacy',
  languageWords: 'language model privacy llm network internet chat ask data',
  languageText: 'No language model is connected: answers come from the report itself, and nothing leaves this machine.',
  keyboard: 'Keyboard',
  keyboardWords: 'keyboard shortcuts keys',
  about: 'About',
  aboutWords: 'about version licence fonts',

  kept: {
    settings: ['Settings', 'This page, as a file that can be edited'],
    models: ['Models', 'What training made, and what was imported'],
    known_failures: ['Known failures', 'Your own, beside the built-in ones'],
    samples: ['Samples', 'Sample incidents that were opened'],
    index: ['Indexes of logs', 'They make a folder open at once the next time'],
    baselines: ['Good periods', 'What was learned from logs of good periods'],
    unpacked: ['Unpacked archives', 'Open logs are read from here, so it is not cleared by hand; the oldest go first by themselves'],
  } as Record<string, [string, string]>,
  notYet: 'not there yet',
  show: 'Show folder',
  copy: 'Copy the path',
  clearAsk: 'Clear…',
  clearSure: (size: string) => `${size} go. They are made again when needed, which takes as long as the first time.`,
  clearDo: 'Clear now',
  keep: 'Keep',
  cleared: (size: string) => `${size} cleared`,

  rows: { analysis, training },
};
