//! `truth.json`: one labelled incident.

use serde::Deserialize;
use serde_json::Value;

use super::{Fault, Kind, Records, Stratum, Truth, said, to_the_second};

/// The fields that are read; there may be others.
#[derive(Deserialize)]
struct Labels {
    kind: Option<Kind>,
    #[serde(default)]
    system: String,
    #[serde(default)]
    component: String,
    #[serde(default)]
    function: String,
    category: Option<String>,
    stratum: Option<Stratum>,
    #[serde(default)]
    fault_loc_records: Vec<Vec<Value>>,
    #[serde(default)]
    fail_req: Vec<String>,
    trigger_first: Option<String>,
    report_time: Option<String>,
    #[serde(default)]
    issue: String,
}

/// Reads the labels; else says in a sentence what is wrong with them.
pub fn read(text: &str, kind: Option<Kind>) -> Result<Truth, String> {
    let labels: Labels = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let kind = labels.kind.or(kind).ok_or("it names no kind: failure, harmless or fault_free")?;
    if kind == Kind::Failure && labels.system.is_empty() {
        return Err("it names no system, the project where the fault is".to_owned());
    }
    let span = labels.trigger_first.zip(labels.report_time);
    let fault = Fault {
        subsystem: labels.system,
        file: said(labels.component.trim_start_matches('/').to_owned()),
        function: said(labels.function),
        category: labels.category,
        span: span.map(|(from, to)| (to_the_second(&from), to_the_second(&to))),
    };
    Ok(Truth {
        kind,
        stratum: labels.stratum,
        faults: if kind == Kind::Failure { vec![fault] } else { Vec::new() },
        records: labels.fault_loc_records.iter().map(|record| records(record)).collect::<Result<_, _>>()?,
        requests: labels.fail_req,
        issue: said(labels.issue),
    })
}

/// `["nova/nova-api", 12, 20, …]`: the log without its ending, the first line and the last.
fn records(record: &[Value]) -> Result<Records, String> {
    let line = |at: usize| record.get(at).and_then(Value::as_u64).and_then(|line| u32::try_from(line).ok());
    let log = record.first().and_then(Value::as_str);
    let (Some(log), Some(first), Some(last)) = (log, line(1), line(2)) else {
        let shown: String = Value::from(record).to_string().chars().take(80).collect();
        return Err(format!("an entry of fault_loc_records is not [log, first line, last line]: {shown}"));
    };
    Ok(Records { file: format!("{}.log", log.trim_end_matches(".log")), first, last })
}
