// Generated from the Rust types by `cargo xtask types`: do not edit.

/**
 * A new kind of event that was told before, and has come again.
 */
export type Again = { 
/**
 * Number of its kind.
 */
kind: number, 
/**
 * How many came at this look.
 */
count: number, 
/**
 * When the last one came, as the log wrote it.
 */
timestamp: string | null, 
/**
 * Where the last one stands.
 */
file: string, 
/**
 * Its first line, from 1.
 */
line: number, };

/**
 * How evidence is chosen.
 */
export type AnalysisConfig = { 
/**
 * Percent of the events kept as important. 1 to 100.
 */
keep_percent: number, 
/**
 * The most pieces of evidence. 1 to 50.
 */
max_evidence: number, 
/**
 * The most causes. 1 to 10.
 */
max_causes: number, };

/**
 * An event that is out of the ordinary.
 */
export type Anomaly = { 
/**
 * When, as the log wrote it, in ISO 8601.
 */
timestamp: string | null, 
/**
 * Level: `ERROR`.
 */
level: string | null, 
/**
 * Process.
 */
service: string | null, 
/**
 * Host.
 */
host: string | null, 
/**
 * File, relative to the folder.
 */
file: string, 
/**
 * First line, from 1.
 */
line: number, 
/**
 * First line of the message, shortened.
 */
message: string, 
/**
 * What is out of the ordinary.
 */
reason: Reason, 
/**
 * Importance, 0 to 1; none without a model.
 */
importance: number | null, 
/**
 * How many events at this look are alike.
 */
count: number, 
/**
 * Number of its kind, which stays the same as long as the logs are followed.
 */
kind: number, };

/**
 * An answer to a question about a report.
 */
export type Answer = { 
/**
 * Markdown; every claim about the logs ends in a citation such as `[E3]`.
 */
text: string, 
/**
 * Ids of the evidence cited, in the order of the text.
 */
citations: Array<string>, 
/**
 * Questions that the evidence can answer next.
 */
suggestions: Array<string>, };

/**
 * What each of two models knows and the other does not.
 */
export type Apart = { 
/**
 * What only the first knows.
 */
first: Only, 
/**
 * What only the second knows.
 */
second: Only, };

/**
 * How the window looks.
 */
export type Appearance = { 
/**
 * Its colours.
 */
theme: Theme, 
/**
 * How far its colours are apart.
 */
contrast: Contrast, };

/**
 * Something that speaks for a cause, or against it.
 */
export type Argument = { 
/**
 * Whether it speaks for the cause.
 */
pro: boolean, 
/**
 * A sentence.
 */
text: string, 
/**
 * The evidence that shows it, where one does.
 */
evidenceId: string | null, };

/**
 * Lines of a file around a place.
 */
export type Around = { 
/**
 * The file, relative to the folder.
 */
file: string, 
/**
 * Lines that the file has.
 */
total: number, 
/**
 * The lines.
 */
lines: Array<RawLine>, };

/**
 * How a shift is known.
 */
export type Basis = "logged" | "inferred" | "assumed" | "given";

/**
 * Answers that were given with about the same confidence.
 */
export type Bin = { 
/**
 * How many.
 */
number: number, 
/**
 * The mean confidence, 0 to 1.
 */
stated: number, 
/**
 * The share that was right, 0 to 1.
 */
right: number, };

/**
 * The events of a span of time.
 */
export type Bucket = { 
/**
 * At ERROR or above.
 */
errors: number, 
/**
 * At WARNING.
 */
warnings: number, 
/**
 * At INFO and AUDIT.
 */
infos: number, 
/**
 * All others.
 */
others: number, 
/**
 * Those that are out of the ordinary, whatever their level: importance 0.99 and above.
 */
unusual: number, };

/**
 * What kind of incident it is.
 */
export type Category = { 
/**
 * One of the contract's categories.
 */
id: CategoryId, 
/**
 * The category in words.
 */
label: string, 
/**
 * 0 to 1.
 */
confidence: number, };

/**
 * The contract's categories.
 */
export type CategoryId = "resource_shortage" | "disk_space" | "network_issues" | "instance_lifecycle" | "authentication" | "database" | "messaging" | "storage" | "image" | "hypervisor" | "scheduling" | "api_unavailable" | "quota" | "configuration" | "code_defect" | "general";

/**
 * A suspected root cause.
 */
export type Cause = { 
/**
 * From 1.
 */
rank: number, 
/**
 * One line.
 */
title: string, 
/**
 * 0 to 1.
 */
confidence: number, 
/**
 * The process where the fault is: `nova-compute`.
 */
service: string | null, 
/**
 * The project it belongs to: `nova`.
 */
subsystem: string | null, 
/**
 * The host, where the logs name one.
 */
host: string | null, 
/**
 * The most telling code location.
 */
source: SourceLocation | null, 
/**
 * The known failure that matched.
 */
signature: string | null, 
/**
 * Why this is thought to be the cause.
 */
explanation: string, 
/**
 * Ids of the evidence it rests on; never empty.
 */
evidence: Array<string>, 
/**
 * What to do about it, most useful first.
 */
actions: Array<string>, 
/**
 * What speaks for it, then what speaks against it.
 */
reasons: Array<Argument>, };

/**
 * How a template's count compares with normal.
 */
export type Change = "new" | "surging" | "vanished" | "usual";

/**
 * What became of a training that was interrupted, or of the file that it would be kept in.
 */
export type CheckpointNote = "resumed" | "foreign" | "unreadable" | "unwritten";

/**
 * All parameters, as the settings file holds them.
 */
export type Config = { 
/**
 * How the LSTM is built and trained.
 */
lstm: LstmConfig, 
/**
 * How events are compared with the issue.
 */
tfidf: TfidfConfig, 
/**
 * How evidence is chosen.
 */
analysis: AnalysisConfig, };

/**
 * How far the window's colours are apart.
 */
export type Contrast = "system" | "standard" | "high";

/**
 * What the user knows better than the path or the log.
 */
export type Correction = { 
/**
 * A file or a folder, relative to what was given; the longest that fits counts.
 */
path: string, 
/**
 * The process whose log it is.
 */
service: string | null, 
/**
 * The host that it was written on.
 */
host: string | null, 
/**
 * Microseconds to add to its times.
 */
shift: number | null, };

/**
 * How well a model knows some logs.
 */
export type Coverage = { 
/**
 * Events of the logs.
 */
events: number, 
/**
 * Those whose templates the model knows.
 */
knownEvents: number, 
/**
 * Templates of the logs.
 */
templates: number, 
/**
 * Those that the model knows.
 */
knownTemplates: number, 
/**
 * Share of the events it knows that surprise it more than 95 percent of normal events did, throughout the logs: about 0.05 where
 * they are those of the cloud it learned from.
 */
surprising: number, 
/**
 * What speaks against using it for these logs; none where it fits.
 */
drift: Drift | null, 
/**
 * The templates it does not know that come most often.
 */
unknown: Array<Unknown>, };

/**
 * What the window does on the desktop around it.
 */
export type Desktop = { 
/**
 * Whether the desktop tells when long work has ended while the user was elsewhere.
 */
notify: boolean, };

/**
 * An event with everything that is known of it.
 */
export type Detail = { 
/**
 * The event.
 */
row: Row, 
/**
 * The whole message, a traceback included.
 */
message: string, 
/**
 * The record as it stands in the file.
 */
raw: string, 
/**
 * The request id that the caller gave.
 */
caller: string | null, 
/**
 * The template's text.
 */
templateText: string, 
/**
 * The logger that writes it.
 */
templateOrigin: string, 
/**
 * The name that the user gave to the template.
 */
templateName: string | null, 
/**
 * Events of the template.
 */
templateCount: number, 
/**
 * How many events carry its request id.
 */
requestCount: number, 
/**
 * How many events carry its instance.
 */
instanceCount: number, };

/**
 * A bug report that its author still has to read.
 */
export type Draft = { 
/**
 * The project that it is for: `nova`.
 */
project: string, 
/**
 * What the project's tracker is called; none where it is not known.
 */
tracker: string | null, 
/**
 * The address that opens a new report there.
 */
url: string | null, 
/**
 * One line.
 */
title: string, 
/**
 * Markdown.
 */
text: string, 
/**
 * Secrets that were removed.
 */
removed: number, };

/**
 * Logs that are too different from what the model learned.
 */
export type Drift = { 
/**
 * How different they are, above 0 and up to 1: at 1 nothing that the model says can be trusted.
 */
degree: number, 
/**
 * Share of the events whose templates the model does not know, 0 to 1: the lesser of the medians over slices of time and over
 * loggers, so that an incident does not count.
 */
unknownShare: number, 
/**
 * Share of the events it knows that surprise it more than 95 percent of normal events did, 0 to 1, the same way: about 0.05 where
 * the logs are those of the same cloud, and up to 0.3 where they are short.
 */
surprise: number, 
/**
 * What is different, in words.
 */
why: string, 
/**
 * What to do, in words.
 */
remedy: string, };

/**
 * One edit.
 */
export type Edit = { "kind": "merge", 
/**
 * The one that stays.
 */
into: Template, 
/**
 * Those that become part of it.
 */
from: Array<Template>, } | { "kind": "split", 
/**
 * The template.
 */
template: Template, 
/**
 * Which of its words, from 0: one with a `<*>` in it.
 */
place: number, } | { "kind": "name", 
/**
 * The template.
 */
template: Template, 
/**
 * The name; empty takes it away.
 */
name: string, } | { "kind": "mute", 
/**
 * The template.
 */
template: Template, 
/**
 * Whether it is left out.
 */
muted: boolean, };

/**
 * The state of training after one epoch.
 */
export type Epoch = { 
/**
 * The epoch that ended, from 1.
 */
epoch: number, 
/**
 * The most epochs that there can be; early stopping may end before.
 */
epochs: number, 
/**
 * Mean cross entropy of the training windows, in nats per event.
 */
loss: number, 
/**
 * Mean cross entropy of the held-out windows, in nats per event.
 */
validationLoss: number, 
/**
 * Whether these are the best weights so far.
 */
best: boolean, };

/**
 * A log record that a cause rests on.
 */
export type Evidence = { 
/**
 * `E1`, `E2` … in the order of the list.
 */
id: string, 
/**
 * Relative to the folder that was given.
 */
file: string, 
/**
 * First line of the record, from 1.
 */
line: number, 
/**
 * Last line of the record, a traceback included.
 */
endLine: number, 
/**
 * ISO 8601 as logged, with the zone where the log says one.
 */
timestamp: string | null, 
/**
 * The host, where the logs name one.
 */
host: string | null, 
/**
 * The process: `nova-compute`.
 */
service: string | null, 
/**
 * The project: `nova`.
 */
subsystem: string | null, 
/**
 * As logged: `ERROR`.
 */
level: string | null, 
/**
 * As logged: `nova.compute.manager`.
 */
logger: string | null, 
/**
 * `req-…`.
 */
requestId: string | null, 
/**
 * The instance's UUID.
 */
instanceId: string | null, 
/**
 * The record's text without its header, a traceback included.
 */
message: string, 
/**
 * The template it is an instance of.
 */
template: string, 
/**
 * The LSTM's score, 0 to 1.
 */
importance: number, 
/**
 * TF-IDF cosine to the issue, 0 to 1; none without an issue.
 */
relevance: number | null, 
/**
 * What it is to the cause.
 */
role: Role, 
/**
 * Why it is here, in a sentence.
 */
why: string, };

/**
 * The values of a field among the events found.
 */
export type Facet = { 
/**
 * `level`, `service`, `host`, `logger`, `template`, `request`, `instance` or `file`.
 */
field: string, 
/**
 * The most frequent, in that order; levels in the order of their gravity.
 */
values: Array<FacetValue>, 
/**
 * How many other values there are.
 */
more: number, };

/**
 * A value that events have, and how often.
 */
export type FacetValue = { 
/**
 * As it is written in a query: `nova-compute`, or a template's number.
 */
value: string, 
/**
 * As it is shown: a template's text.
 */
label: string, 
/**
 * Events that have it.
 */
count: number, 
/**
 * Those of them at ERROR or above.
 */
errors: number, 
/**
 * Whether it is a template that the user has muted.
 */
muted: boolean, };

/**
 * How this program was built, and where it keeps its files.
 */
export type Facts = { 
/**
 * Its version.
 */
version: string, 
/**
 * The revision in git that it was built from, where that was known; only programs for use have one.
 */
revision: string | null, 
/**
 * The kind of machine that it was built for, as Rust names it.
 */
target: string, 
/**
 * The system that it was built for, by the name that the list of licences has for it.
 */
system: string, 
/**
 * What its own code may be used under.
 */
licence: string, 
/**
 * Where it keeps its files; none where no home folder is known.
 */
places: Places | null, };

/**
 * Something went wrong: what, and what to do about it.
 */
export type Failure = { 
/**
 * A stable word that the window branches on.
 */
code: string, 
/**
 * What went wrong, naming the path or setting concerned.
 */
message: string, 
/**
 * What the user can do about it.
 */
hint: string, 
/**
 * What lies beneath, for a bug report.
 */
detail: string | null, };

/**
 * What is in the folder that the user opened.
 */
export type Folder = { 
/**
 * Where it is.
 */
path: string, 
/**
 * Files in it and below.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, };

/**
 * What a report can be written as.
 */
export type Format = "html" | "markdown" | "json";

/**
 * How far a search or an export is.
 */
export type Found = { 
/**
 * Events found so far.
 */
found: number, 
/**
 * Events looked at so far.
 */
searched: number, 
/**
 * Events in all.
 */
events: number, };

/**
 * How many were left after each stage.
 */
export type Funnel = { 
/**
 * Files read.
 */
files: number, 
/**
 * Bytes read.
 */
bytes: number, 
/**
 * Lines read.
 */
lines: number, 
/**
 * Records that the lines make up.
 */
events: number, 
/**
 * Events kept by importance.
 */
important: number, 
/**
 * Events kept by relevance to the issue; all important ones where there is no issue.
 */
relevant: number, 
/**
 * Pieces of evidence.
 */
evidence: number, };

/**
 * The events found, over time.
 */
export type Histogram = { 
/**
 * Where the first bucket begins, in milliseconds as [`Row::time`].
 */
start: number, 
/**
 * Width of a bucket, in milliseconds.
 */
width: number, 
/**
 * The buckets, without gaps.
 */
buckets: Array<Bucket>, 
/**
 * Events without a time, which are in no bucket.
 */
timeless: number, };

/**
 * What one process on one host did in a request.
 */
export type Hop = { 
/**
 * The process: `nova-compute`.
 */
service: string, 
/**
 * The host, where the logs name one.
 */
host: string | null, 
/**
 * Time of its first event, ISO 8601 as logged.
 */
start: string | null, 
/**
 * Time of its last event.
 */
end: string | null, 
/**
 * All its events.
 */
events: number, 
/**
 * Those at ERROR or above.
 */
errors: number, 
/**
 * Its events by time; of many the first, the last, the errors and what is evidence, and some of the others evenly.
 */
steps: Array<Step>, };

/**
 * What became of a model that was taken in.
 */
export type Imported = { 
/**
 * The name that it has here.
 */
name: string, 
/**
 * The name that it came with, where another model had that already, or it cannot be a name.
 */
insteadOf: string | null, };

/**
 * An incident among those in the logs: enough to choose it by.
 */
export type IncidentRef = { 
/**
 * From 1, the worst.
 */
number: number, 
/**
 * Its first cause, in a line.
 */
title: string, 
/**
 * What kind of incident it is.
 */
category: Category, 
/**
 * How sure its first cause is, 0 to 1.
 */
confidence: number, 
/**
 * The process where the fault is: `nova-compute`.
 */
service: string | null, 
/**
 * The project it belongs to: `nova`.
 */
subsystem: string | null, 
/**
 * The hosts that tell of it, those that tell most first, at most 5.
 */
hosts: Array<string>, 
/**
 * Time of the first event that tells of it, as logged.
 */
start: string | null, 
/**
 * Time of the last.
 */
end: string | null, 
/**
 * Events that tell of it: those that could make an incident by themselves.
 */
events: number, };

/**
 * A training that was interrupted, and that goes on where its model is trained again from the same logs in the same way.
 */
export type Interrupted = { 
/**
 * When it was kept last, in milliseconds since 1970.
 */
kept: number, };

/**
 * Something that the program keeps.
 */
export type Keeping = "settings" | "models" | "known_failures" | "samples" | "index" | "baselines" | "unpacked";

/**
 * How much of something is kept, and where.
 */
export type Kept = { 
/**
 * What.
 */
what: Keeping, 
/**
 * Where.
 */
path: string, 
/**
 * Whether it is there yet.
 */
exists: boolean, 
/**
 * Bytes of all files.
 */
bytes: number, 
/**
 * Whether it can be cleared: it is made again when it is needed, and nothing reads it meanwhile.
 */
clearable: boolean, };

/**
 * A template that the logs have, as the user wants it.
 */
export type Kind = { 
/**
 * Its number, as in [`Row::template`].
 */
number: number, 
/**
 * What it says, by which edits know it.
 */
template: Template, 
/**
 * The name that the user gave it.
 */
name: string | null, 
/**
 * Whether the user wants it left out of findings.
 */
muted: boolean, 
/**
 * The gravest level of its events.
 */
level: string | null, 
/**
 * Its events.
 */
count: number, };

/**
 * How process or host is known.
 */
export type Known = "content" | "path" | "given" | "unknown";

/**
 * How many failures are known, and what is wrong with the user's own.
 */
export type KnownFailures = { 
/**
 * All of them.
 */
all: number, 
/**
 * The user's own among them.
 */
own: number, 
/**
 * The folder of the user's own.
 */
folder: string, 
/**
 * What is wrong there; it was left out.
 */
problems: Array<Problem>, };

/**
 * What a front end knows of the settings beside their values.
 */
export type Limits = { 
/**
 * The settings as they are where the user changed none.
 */
defaults: Settings, 
/**
 * The range of every parameter that has one.
 */
ranges: Array<Range>, };

/**
 * How events are written.
 */
export type Listing = "csv" | "jsonl";

/**
 * How the LSTM is built and trained.
 */
export type LstmConfig = { 
/**
 * Events in a window: how far back the model remembers. 2 to 1000.
 */
sequence_length: number, 
/**
 * Size of a template's embedding. 1 to 1024.
 */
embedding: number, 
/**
 * Hidden units. 1 to 1024.
 */
units: number, 
/**
 * Share of the inputs and outputs dropped while training. 0 to 0.9.
 */
dropout: number, 
/**
 * Windows in a batch. 1 to 4096.
 */
batch: number, 
/**
 * The most epochs. 1 to 1000.
 */
epochs: number, 
/**
 * Epochs without a better validation loss before training stops. 1 to 1000.
 */
patience: number, 
/**
 * Share of the windows held out for validation and calibration. 0.05 to 0.5.
 */
validation_split: number, 
/**
 * Adam's step size. 0.00001 to 1.
 */
learning_rate: number, 
/**
 * Seed of all randomness: the same logs and seed give the same model.
 */
seed: number, 
/**
 * The most distinct windows learned from; a random choice where there are more. 0: no limit.
 */
max_windows: number, };

/**
 * What a user wants to know about a model.
 */
export type LstmSummary = { 
/**
 * The model's name.
 */
name: string, 
/**
 * What it was trained on, in words.
 */
trainedOn: string, 
/**
 * The day of training: `2026-01-31`.
 */
date: string, 
/**
 * Distinct templates known.
 */
templates: number, 
/**
 * Events learned from.
 */
events: number, 
/**
 * Epochs run.
 */
epochs: number, 
/**
 * The best validation loss, in nats per event.
 */
validationLoss: number, 
/**
 * The artifact's format version.
 */
version: number, };

/**
 * A mark on a cause or on a piece of evidence.
 */
export type Mark = { 
/**
 * What it is on, as in [`Marked`].
 */
key: string, 
/**
 * What the reader thinks of it.
 */
stance: Stance, 
/**
 * What the reader wrote about it, as typed.
 */
note: string, };

/**
 * A report as its reader marked it: what to show, in which order.
 */
export type Marked = { 
/**
 * All causes of the report: the pinned ones first, the dismissed ones last.
 */
causes: Array<MarkedCause>, 
/**
 * All evidence, that of the reader's own included: the pinned first, the dismissed last.
 */
evidence: Array<MarkedPiece>, 
/**
 * The reader's own evidence, with ids `U1`, `U2` …; what the report holds anyway is not among it.
 */
own: Array<Evidence>, };

/**
 * A cause as its reader marked it.
 */
export type MarkedCause = { 
/**
 * What it is known by in every report of the folder.
 */
key: string, 
/**
 * The cause of the report.
 */
rank: number, 
/**
 * What the reader thinks of it.
 */
stance: Stance, 
/**
 * What the reader wrote about it; empty for nothing.
 */
note: string, };

/**
 * A piece of evidence as its reader marked it.
 */
export type MarkedPiece = { 
/**
 * What it is known by in every report of the folder.
 */
key: string, 
/**
 * The piece's id: `E1` of the report, `U1` of the reader's own.
 */
id: string, 
/**
 * What the reader thinks of it.
 */
stance: Stance, 
/**
 * What the reader wrote about it; empty for nothing.
 */
note: string, };

/**
 * The marks on the reports of the open logs, and the report that is shown as they make it.
 */
export type Marking = { 
/**
 * The marks.
 */
marks: Marks, 
/**
 * The report with them.
 */
marked: Marked, };

/**
 * What a reader marked in the reports of a folder of logs.
 */
export type Marks = { 
/**
 * The keys of causes in the reader's order; empty: the order of the report.
 */
order: Array<string>, 
/**
 * Marks on causes.
 */
causes: Array<Mark>, 
/**
 * Marks on evidence. What is pinned stands in this order.
 */
evidence: Array<Mark>, 
/**
 * Records that the reader added as evidence, oldest first. They are pinned unless a mark says otherwise.
 */
own: Array<Evidence>, };

/**
 * What was expected in a request and never came.
 */
export type MissingStep = { 
/**
 * The process that writes it elsewhere; none where it is nowhere in these logs.
 */
service: string | null, 
/**
 * The template.
 */
label: string, 
/**
 * The process of the event after which it was expected.
 */
after: string | null, 
/**
 * The time of that event, ISO 8601 as logged.
 */
since: string | null, 
/**
 * Within so many seconds it always came in normal work, where that is known.
 */
within: number | null, 
/**
 * How sure the LSTM was, 0 to 1.
 */
probability: number, };

/**
 * Everything that is shown of one model.
 */
export type ModelDetail = { 
/**
 * How it stands in the list.
 */
entry: ModelEntry, 
/**
 * What it says of itself; none where it cannot be read.
 */
profile: ModelProfile | null, 
/**
 * Its card in Markdown, where it has one.
 */
card: string | null, 
/**
 * How sure the program was with it, and how often right, where the card tells of a measurement.
 */
reliability: Array<Reliability>, };

/**
 * A model that a user can choose.
 */
export type ModelEntry = { 
/**
 * Its folder; none for the one that is part of the program.
 */
path: string | null, 
/**
 * Whether it is the one that is part of the program.
 */
builtIn: boolean, 
/**
 * Bytes of its files.
 */
bytes: number, 
/**
 * Why it cannot be used, if it cannot.
 */
problem: string | null, 
/**
 * The model's name.
 */
name: string, 
/**
 * What it was trained on, in words.
 */
trainedOn: string, 
/**
 * The day of training: `2026-01-31`.
 */
date: string, 
/**
 * Distinct templates known.
 */
templates: number, 
/**
 * Events learned from.
 */
events: number, 
/**
 * Epochs run.
 */
epochs: number, 
/**
 * The best validation loss, in nats per event.
 */
validationLoss: number, 
/**
 * The artifact's format version.
 */
version: number, };

/**
 * What a model says of itself, beside its summary.
 */
export type ModelProfile = { 
/**
 * The names of the folders it learned from; none where it does not name them.
 */
folders: Array<string>, 
/**
 * How it was built and trained.
 */
config: LstmConfig, 
/**
 * Words in its vocabulary.
 */
words: number, 
/**
 * Runs that it learned from: logs of separate times or clouds.
 */
runs: number, 
/**
 * Distinct windows learned from.
 */
windows: number, 
/**
 * Distinct windows held out.
 */
heldOut: number, 
/**
 * Whether it knows how requests end, and so misses what never came.
 */
knowsEnds: boolean, 
/**
 * The loss of each epoch.
 */
curve: Array<Epoch>, 
/**
 * Quantiles of the surprise of held-out normal events in nats, from the least to the greatest at even steps; empty where none were
 * held out.
 */
surprise: Array<number>, };

/**
 * Which LSTM scored the events: a model, or what a good period tells.
 */
export type ModelRef = { 
/**
 * The model's name, or the path of the good period's logs.
 */
name: string, 
/**
 * What it was trained on, in words.
 */
trainedOn: string, 
/**
 * The artifact's format version.
 */
version: number, 
/**
 * Whether it was learned from a good period for this comparison, and is no model with a name of its own.
 */
baseline: boolean, 
/**
 * How the logs are too different from what it learned, where they are: then what is new or surprising says little.
 */
drift: Drift | null, };

/**
 * An event of the timeline.
 */
export type Moment = { 
/**
 * ISO 8601 as logged.
 */
timestamp: string, 
/**
 * The process.
 */
service: string | null, 
/**
 * The host.
 */
host: string | null, 
/**
 * One line.
 */
label: string, 
/**
 * The evidence that it is, if it is one.
 */
evidenceId: string | null, };

/**
 * The story in words.
 */
export type Narrative = { 
/**
 * Who wrote it.
 */
source: NarrativeSource, 
/**
 * The language model's name.
 */
model: string | null, 
/**
 * Markdown; every claim ends in a citation such as `[E3]`.
 */
text: string, 
/**
 * Ids of the evidence cited, in the order of the list.
 */
citations: Array<string>, 
/**
 * Citations that could not be checked against the evidence.
 */
unverifiedCitations: number, };

/**
 * Who wrote the narrative.
 */
export type NarrativeSource = "offline" | "model";

/**
 * Templates that one model knows and another does not.
 */
export type Only = { 
/**
 * How many.
 */
count: number, 
/**
 * Those that came most often in its training.
 */
examples: Array<Template>, };

/**
 * Counts for the charts.
 */
export type Patterns = { 
/**
 * Events per level.
 */
levels: { [key in string]: number }, 
/**
 * Events per service, those with the most departing events first.
 */
services: Array<ServiceCount>, 
/**
 * Events per host.
 */
hosts: { [key in string]: number }, 
/**
 * Width of a time bucket, in seconds.
 */
bucketSeconds: number, 
/**
 * Events per time bucket, by time; empty buckets are left out.
 */
times: Array<TimeCount>, 
/**
 * Where events come from and which instances they are about: hosts, then instances, those with most that departs first.
 */
places: Array<PlaceCount>, 
/**
 * The templates that changed most against normal, at most 50.
 */
templates: Array<TemplateCount>, 
/**
 * Events that name a resource: memory, disk, port, volume …
 */
resources: { [key in string]: number }, };

/**
 * Events of one host, or about one instance.
 */
export type PlaceCount = { 
/**
 * What it is.
 */
kind: PlaceKind, 
/**
 * Its name or UUID.
 */
name: string, 
/**
 * All its events.
 */
events: number, 
/**
 * Those at ERROR or above.
 */
errors: number, 
/**
 * Those that depart from normal.
 */
departing: number, 
/**
 * How they spread over time; times without events are left out.
 */
times: Array<PlaceTime>, };

/**
 * What a place is.
 */
export type PlaceKind = "host" | "instance";

/**
 * Events of one place in one time bucket.
 */
export type PlaceTime = { 
/**
 * Which time bucket: so many widths after the first one of [`Patterns::times`](super::Patterns::times).
 */
bucket: number, 
/**
 * All events in it.
 */
events: number, 
/**
 * Those at ERROR or above.
 */
errors: number, 
/**
 * Those that depart from normal.
 */
departing: number, };

/**
 * Where the program keeps its files.
 */
export type Places = { 
/**
 * The settings file.
 */
settings: string, 
/**
 * Samples, recent folders and the like.
 */
data: string, 
/**
 * The models.
 */
models: string, 
/**
 * What can be made again.
 */
cache: string, };

/**
 * A training as the window asks for it.
 */
export type Plan = { 
/**
 * Folders of logs of normal work.
 */
logs: string[], 
/**
 * The name that the model gets.
 */
name: string, 
/**
 * Today, where the user is: `2026-01-31`.
 */
date: string, 
/**
 * How the LSTM is built and trained.
 */
lstm: LstmConfig, 
/**
 * Whether to begin anew, where a training that was interrupted would go on.
 */
fresh: boolean, };

/**
 * What is wrong with a file of the user's.
 */
export type Problem = { 
/**
 * The file.
 */
file: string, 
/**
 * The name of the signature, or its place in the file; none where the whole file is concerned.
 */
signature: string | null, 
/**
 * What is wrong.
 */
reason: string, 
/**
 * What to do about it.
 */
remedy: string, };

/**
 * Numbers only: words belong to the front ends.
 */
export type Progress = { "kind": "step", 
/**
 * What is being done.
 */
stage: Stage, 
/**
 * Units done.
 */
done: number, 
/**
 * Units in all; 0 where not known yet.
 */
total: number, } | { "kind": "epoch" } & Epoch | { "kind": "checkpoint", 
/**
 * What happened.
 */
note: CheckpointNote, 
/**
 * Epochs that had ended by then.
 */
epochs: number, 
/**
 * Batches of all epochs that were done by then.
 */
batches: number, } | { "kind": "learned", 
/**
 * Whether it was known from before, and nothing was learned anew.
 */
kept: boolean, };

/**
 * What came since the last look.
 */
export type Pulse = { 
/**
 * Events that came, by level.
 */
events: Bucket, 
/**
 * Files that are followed.
 */
files: number, 
/**
 * What is out of the ordinary, the gravest first, alike ones once.
 */
anomalies: Array<Anomaly>, 
/**
 * How many more kinds of them there are.
 */
more: number, 
/**
 * New kinds that were told before and came again.
 */
again: Array<Again>, 
/**
 * Whether a file was cut short: what was read of it before is no longer there.
 */
cut: boolean, };

/**
 * The values that a parameter may have.
 */
export type Range = { 
/**
 * The parameter, as in the settings file: `lstm.units`.
 */
name: string, 
/**
 * The least value.
 */
least: number, 
/**
 * The greatest value.
 */
most: number, 
/**
 * Whether it is a whole number.
 */
whole: boolean, 
/**
 * Both ends in words.
 */
allowed: string, };

/**
 * A line of a file as it stands there.
 */
export type RawLine = { 
/**
 * Its number, from 1.
 */
line: number, 
/**
 * Its text, shortened to 2000 characters.
 */
text: string, 
/**
 * The event that it belongs to.
 */
event: number | null, };

/**
 * Why an event is out of the ordinary.
 */
export type Reason = "new" | "unexpected";

/**
 * A folder of logs that was opened.
 */
export type Recent = { 
/**
 * The folder or file.
 */
path: string, 
/**
 * The last part of its path.
 */
name: string, 
/**
 * Whether it is still there.
 */
exists: boolean, };

/**
 * How sure the program said to be, and how often it was right.
 */
export type Reliability = { 
/**
 * What it was sure of, in the words of the card.
 */
title: string, 
/**
 * From the least confidence to the greatest.
 */
bins: Array<Bin>, };

/**
 * What became of a model that was let go.
 */
export type Removed = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it was the one in use, and analyses use the one that ships from now on.
 */
wasInUse: boolean, 
/**
 * Whether one that ships has the same name, and can be seen again.
 */
uncovers: boolean, };

/**
 * What was found in a folder of logs.
 */
export type Report = { 
/**
 * [`FORMAT_VERSION`].
 */
formatVersion: number, 
/**
 * The question as the user put it.
 */
issue: string | null, 
/**
 * Whether anything departs from normal work.
 */
verdict: Verdict, 
/**
 * What kind of incident it is.
 */
category: Category, 
/**
 * How many were left after each stage.
 */
funnel: Funnel, 
/**
 * The incidents in these logs, the worst first, at most 20; none where the verdict is clear.
 */
incidents: Array<IncidentRef>, 
/**
 * The number of the one that this report is about; none where it is about everything.
 */
incident: number | null, 
/**
 * The suspected root causes, best first, at most 10.
 */
causes: Array<Cause>, 
/**
 * The events that the causes rest on, best first, at most 50.
 */
evidence: Array<Evidence>, 
/**
 * The events to tell, by time, at most 200.
 */
timeline: Array<Moment>, 
/**
 * Failing requests, each its hops across services.
 */
requests: Array<RequestPath>, 
/**
 * Counts for the charts.
 */
patterns: Patterns, 
/**
 * What to do next, most useful first.
 */
actions: Array<string>, 
/**
 * The story in words.
 */
narrative: Narrative, 
/**
 * What could not be read or parsed, summed per file and reason.
 */
skipped: Array<Skipped>, 
/**
 * Which LSTM scored the events; none: scores come from the fallback.
 */
model: ModelRef | null, 
/**
 * Seconds per stage.
 */
seconds: { [key in string]: number }, };

/**
 * A failing request and its way across services.
 */
export type RequestPath = { 
/**
 * `req-…`.
 */
requestId: string, 
/**
 * The processes that it went through, in the order of their first event.
 */
services: Array<string>, 
/**
 * Time of its first event.
 */
start: string | null, 
/**
 * Time of its last event.
 */
end: string | null, 
/**
 * How it ended, in words.
 */
outcome: string, 
/**
 * Ids of the evidence that belongs to it.
 */
evidence: Array<string>, 
/**
 * What each process on its way did, in the order of their first events.
 */
hops: Array<Hop>, 
/**
 * What was expected in it and never came.
 */
missing: Array<MissingStep>, };

/**
 * What a piece of evidence is to the cause.
 */
export type Role = "cause" | "symptom" | "context" | "absence";

/**
 * An event as a row of the table.
 */
export type Row = { 
/**
 * Its number, which stays the same as long as the logs do.
 */
event: number, 
/**
 * When, on the incident's clock, in milliseconds since 1970 as if that clock were UTC; none where no time is known.
 */
time: number | null, 
/**
 * When, as the log wrote it, in ISO 8601.
 */
timestamp: string | null, 
/**
 * Level: `ERROR`.
 */
level: string | null, 
/**
 * Process: `nova-compute`.
 */
service: string | null, 
/**
 * Host.
 */
host: string | null, 
/**
 * Logger: `nova.compute.manager`.
 */
logger: string | null, 
/**
 * Process id.
 */
pid: number | null, 
/**
 * Request id.
 */
request: string | null, 
/**
 * Instance UUID.
 */
instance: string | null, 
/**
 * Number of its template.
 */
template: number, 
/**
 * File, relative to the folder.
 */
file: string, 
/**
 * First line, from 1.
 */
line: number, 
/**
 * Lines of the record.
 */
lines: number, 
/**
 * First line of the message, shortened to 500 characters.
 */
message: string, 
/**
 * Importance, 0 to 1; none where nothing was scored.
 */
importance: number | null, 
/**
 * Whether its template is muted.
 */
muted: boolean, };

/**
 * A sample incident.
 */
export type Sample = { 
/**
 * A word that names it.
 */
id: string, 
/**
 * One line.
 */
title: string, 
/**
 * What a user sees in it, in a sentence or two.
 */
description: string, };

/**
 * Events of one service.
 */
export type ServiceCount = { 
/**
 * The process.
 */
service: string, 
/**
 * All its events.
 */
events: number, 
/**
 * Those at ERROR or above.
 */
errors: number, 
/**
 * Those that depart from normal.
 */
departing: number, };

/**
 * All settings, as the file holds them.
 */
export type Settings = { 
/**
 * [`FORMAT_VERSION`].
 */
format_version: number, 
/**
 * The name of the model that scores the events.
 */
model: string, 
/**
 * How the window looks.
 */
appearance: Appearance, 
/**
 * What the window does on the desktop around it.
 */
desktop: Desktop, 
/**
 * How the LSTM is built and trained.
 */
lstm: LstmConfig, 
/**
 * How events are compared with the issue.
 */
tfidf: TfidfConfig, 
/**
 * How evidence is chosen.
 */
analysis: AnalysisConfig, };

/**
 * What could not be read or parsed.
 */
export type Skipped = { 
/**
 * The file, relative to the folder that was given.
 */
path: string, 
/**
 * The first line concerned, from 1; none where it is the whole file.
 */
line: number | null, 
/**
 * Why, with a count where there are several.
 */
reason: string, };

/**
 * A place in the services' source code.
 */
export type SourceLocation = { 
/**
 * The file from the package on: `nova/compute/manager.py`.
 */
file: string, 
/**
 * The line, where the log shows one.
 */
line: number | null, 
/**
 * The function, where the log shows one.
 */
function: string | null, };

/**
 * A log with the files that it was rotated into.
 */
export type SourceRow = { 
/**
 * Its files, relative to what was given, the oldest first.
 */
files: Array<string>, 
/**
 * What its lines are written in.
 */
form: string, 
/**
 * Its process, or the one of most of its events.
 */
service: string | null, 
/**
 * How that is known.
 */
serviceFrom: Known, 
/**
 * Its host, or the one of most of its events.
 */
host: string | null, 
/**
 * How that is known.
 */
hostFrom: Known, 
/**
 * How many other hosts are in it.
 */
otherHosts: number, 
/**
 * The first time, as logged.
 */
first: string | null, 
/**
 * The last time, as logged.
 */
last: string | null, 
/**
 * Events.
 */
events: number, 
/**
 * Events at ERROR or above.
 */
errors: number, 
/**
 * What is added to its times, as `+02:00`.
 */
shift: string, 
/**
 * How that is known.
 */
basis: Basis, 
/**
 * How sure that is, 0 to 1.
 */
confidence: number, 
/**
 * Whether the user corrected anything.
 */
corrected: boolean, };

/**
 * A part of the work that takes long enough to be shown.
 */
export type Stage = "unpack" | "read" | "mine" | "group" | "train" | "score" | "diagnose";

/**
 * What a reader thinks of a cause or of a piece of evidence.
 */
export type Stance = "pinned" | "kept" | "dismissed";

/**
 * An event of a request.
 */
export type Step = { 
/**
 * ISO 8601 as logged.
 */
timestamp: string | null, 
/**
 * As logged: `ERROR`.
 */
level: string | null, 
/**
 * One line.
 */
label: string, 
/**
 * Relative to the folder that was given.
 */
file: string, 
/**
 * Its first line, from 1.
 */
line: number, 
/**
 * The evidence that it is, if it is one.
 */
evidenceId: string | null, };

/**
 * What many messages have in common.
 */
export type Template = { 
/**
 * The logger, or the process where the form has no loggers.
 */
origin: string, 
/**
 * The message with its variables masked, and what a traceback raised.
 */
text: string, };

/**
 * Events of one template beside normal.
 */
export type TemplateCount = { 
/**
 * Its number among the templates of these logs, by which its events can be found.
 */
number: number, 
/**
 * The template.
 */
template: string, 
/**
 * The process that writes it.
 */
service: string | null, 
/**
 * Its level.
 */
level: string | null, 
/**
 * Events in these logs.
 */
count: number, 
/**
 * Events expected in as many events at the model's normal rate; none without a model.
 */
expected: number | null, 
/**
 * How that compares.
 */
change: Change, };

/**
 * How events are compared with the issue.
 */
export type TfidfConfig = { 
/**
 * The most terms kept, the most frequent first. 1 to 100,000.
 */
max_terms: number, 
/**
 * Longest word sequence that is a term. 1 to 3.
 */
ngrams: number, 
/**
 * Whether English stop words are dropped.
 */
stop_words: boolean, 
/**
 * Least cosine to the issue for an event to be relevant. 0 to 1.
 */
threshold: number, };

/**
 * The window's colours.
 */
export type Theme = "system" | "light" | "dark";

/**
 * Events of one time bucket.
 */
export type TimeCount = { 
/**
 * Start of the bucket, ISO 8601.
 */
start: string, 
/**
 * Events per level.
 */
levels: { [key in string]: number }, 
/**
 * Events that depart from normal.
 */
departing: number, };

/**
 * A template that a model does not know.
 */
export type Unknown = { 
/**
 * What it says.
 */
template: Template, 
/**
 * Its events in the logs.
 */
events: number, };

/**
 * Whether anything departs from normal work.
 */
export type Verdict = "incident" | "clear";
