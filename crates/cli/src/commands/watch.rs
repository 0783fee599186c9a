//! `watch`: follows logs while they are written, and tells what is out of the ordinary.

use std::{
    fmt::Write,
    thread,
    time::{Duration, Instant},
};

use console::{Style, Term};
use engine::{
    Folder,
    follow::{Anomaly, Follower, Pulse, Reason},
};

use crate::{
    args::{Follow, Told},
    failure::Failure,
    print,
    surroundings::Surroundings,
    watch::{self, Watch},
};

/// How often Ctrl-C is looked for while nothing is to do.
const PATIENCE: Duration = Duration::from_millis(100);

/// Runs the command.
pub fn run(args: &Follow) -> Result<(), Failure> {
    let surroundings = Surroundings::find()?;
    let model = surroundings.model_of(args.model.as_deref());
    let model = model.as_ref().ok();
    let source = Folder::new(&args.logs).cached(&surroundings.folders.cache);
    let reading = settings::reading(&surroundings.folders, &args.logs)?;
    let known = model.map_or(&[][..], engine::Model::templates);
    // Begun before the logs are read, so that nothing is lost in between.
    let mut follower = Follower::begin(&args.logs, reading.clone(), model)?;
    follower.heed(settings::templates::load(&surroundings.folders)?);
    // What the logs hold already is not new when it comes again; a folder that is still empty holds nothing.
    match engine::load(&source, &reading, known, &Watch::new()) {
        Ok(logs) => follower.know(&logs),
        Err(engine::Error::Empty(_) | engine::Error::NoLogs { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    print::note(format!("Watching {}; Ctrl-C ends it.", args.logs.display()));
    let mut total = Total::default();
    let looks = args.looks.map_or(u64::MAX, u64::from);
    for look in 0..looks {
        if look > 0 && !rest(Duration::from_secs(args.interval.into())) {
            break;
        }
        match follower.look(&Watch::new()) {
            Ok(pulse) => {
                total.add(&pulse);
                tell(&pulse, args.format)?;
            }
            Err(engine::Error::Cancelled) => break,
            Err(error) => return Err(error.into()),
        }
    }
    print::note(total.text());
    Ok(())
}

/// Waits; false where the user has asked for the end.
fn rest(time: Duration) -> bool {
    let until = Instant::now() + time;
    while Instant::now() < until && !watch::interrupted() {
        thread::sleep(PATIENCE);
    }
    !watch::interrupted()
}

fn tell(pulse: &Pulse, format: Told) -> Result<(), Failure> {
    let events = pulse.events;
    let came = events.errors + events.warnings + events.infos + events.others > 0;
    match format {
        Told::Jsonl if came => print::result(&format!("{}\n", serde_json::to_string(pulse).map_err(|e| Failure::json(&e))?)),
        Told::Jsonl => Ok(()),
        Told::Text => {
            let colour = Term::stdout().is_term() && console::colors_enabled();
            let mut text: String = pulse.anomalies.iter().map(|a| line(a, colour)).collect();
            if pulse.more > 0 {
                _ = writeln!(text, "… and {} more kinds of events that are out of the ordinary", pulse.more);
            }
            print::result(&text)
        }
    }
}

fn line(anomaly: &Anomaly, colour: bool) -> String {
    let style = match anomaly.level.as_deref() {
        Some("ERROR" | "CRITICAL") => Style::new().red().bold(),
        _ => Style::new().yellow(),
    };
    let level = style.force_styling(colour).apply_to(format!("{:<8}", anomaly.level.as_deref().unwrap_or("?")));
    let why = match anomaly.reason {
        Reason::New => "new",
        Reason::Unexpected => "unexpected here",
    };
    let times = if anomaly.count > 1 { format!(", {} times", anomaly.count) } else { String::new() };
    let host = anomaly.host.as_deref().map_or(String::new(), |host| format!(" on {host}"));
    format!(
        "{} {level} {}{}  {}\n         {why}{times}; {}:{}\n",
        anomaly.timestamp.as_deref().unwrap_or("no time"),
        print::harmless(anomaly.service.as_deref().unwrap_or("?")),
        print::harmless(&host),
        print::harmless(&anomaly.message),
        print::harmless(&anomaly.file),
        anomaly.line,
    )
}

/// What came in all.
#[derive(Debug, Default)]
struct Total {
    events: u64,
    errors: u64,
    anomalies: u64,
}

impl Total {
    fn add(&mut self, pulse: &Pulse) {
        let e = pulse.events;
        self.events += u64::from(e.errors) + u64::from(e.warnings) + u64::from(e.infos) + u64::from(e.others);
        self.errors += u64::from(e.errors);
        self.anomalies += u64::from(e.unusual);
    }

    fn text(&self) -> String {
        let events = if self.events == 1 { "event" } else { "events" };
        format!("{} {events} came, errors among them: {}, out of the ordinary: {}.", self.events, self.errors, self.anomalies)
    }
}
