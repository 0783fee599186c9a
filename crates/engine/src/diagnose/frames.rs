//! Which frame of a traceback is the most telling code location.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::{
    report::SourceLocation,
    traceback::{Frame, Traceback},
};

/// Which code carries other code's faults, from `knowledge/frames.toml`.
#[derive(Debug, Default, Deserialize)]
struct Layers {
    /// Packages of OpenStack's projects.
    projects: Vec<String>,
    /// Parts of paths of code that only passes calls and values on.
    passing: Vec<String>,
    /// Functions that wrap others.
    wrappers: Vec<String>,
    /// Packages of clients: an exception that comes out of one was raised in another service.
    clients: Vec<String>,
    /// Exceptions that Python raises where code is wrong, or was given what it cannot handle.
    defects: Vec<String>,
    /// Exceptions of Python itself that complain of a value.
    complaints: Vec<String>,
    /// What the layers of the projects call.
    calls: Vec<Call>,
}

/// That code of one layer calls that of the next.
#[derive(Debug, Deserialize)]
struct Call {
    /// How the caller's file begins.
    from: String,
    /// The callee's file.
    to: String,
}

static LAYERS: LazyLock<Layers> =
    LazyLock::new(|| toml::from_str(include_str!("../../knowledge/frames.toml")).unwrap_or_default());

/// The code locations that a traceback points to, the most telling first, one for each file: the innermost frame of a project's own
/// work, then the frames of other files that called it, then, where there is nothing else, code that only passes calls on.
#[must_use]
pub fn locations(trace: &Traceback) -> Vec<SourceLocation> {
    let project: Vec<&Frame> = trace.frames.iter().rev().filter(|f| is_project(f.file)).collect();
    let (passing, working): (Vec<&Frame>, Vec<&Frame>) = project.into_iter().partition(|f| is_passing(f));
    let mut found: Vec<SourceLocation> = Vec::new();
    for frame in working.into_iter().chain(passing) {
        if found.iter().all(|known| known.file != frame.file) {
            let function = Some(frame.function.to_owned()).filter(|f| !f.is_empty());
            found.push(SourceLocation { file: frame.file.into(), line: Some(frame.line), function });
        }
    }
    found
}

/// The file that may have given the value that an exception complains of: what the layer of the innermost frame calls, unless it is in
/// the traceback itself. `first` is the most telling location. A wrong value that is given back leaves no frame of its own.
#[must_use]
pub fn callee(trace: &Traceback, first: &SourceLocation) -> Option<SourceLocation> {
    let complains = LAYERS.complaints.iter().any(|c| c == trace.exception);
    let last = trace.frames.last().filter(|_| complains)?;
    let call = LAYERS.calls.iter().find(|call| is_project(last.file) && first.file.starts_with(call.from.as_str()))?;
    let passed = trace.frames.iter().any(|frame| frame.file == call.to);
    (!passed).then(|| SourceLocation { file: call.to.clone(), line: None, function: None })
}

/// Whether an exception came out of a client library, and so was raised in another service.
#[must_use]
pub fn came_from_elsewhere(trace: &Traceback) -> bool {
    trace.frames.last().is_some_and(|f| LAYERS.clients.iter().any(|c| f.file.starts_with(c.as_str())))
}

/// Whether an exception is one that Python raises where code is wrong.
#[must_use]
pub fn is_defect(exception: &str) -> bool {
    LAYERS.defects.iter().any(|d| d == exception)
}

/// The source file of a logger whose name is a module: `nova.compute.manager` is `nova/compute/manager.py`.
#[must_use]
pub fn of_logger(logger: &str) -> Option<SourceLocation> {
    let (project, rest) = logger.split_once('.')?;
    let module = LAYERS.projects.iter().any(|p| p == project)
        && rest.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'.' | b'0'..=b'9'));
    module.then(|| SourceLocation { file: format!("{}.py", logger.replace('.', "/")), line: None, function: None })
}

/// What oslo.log adds to DEBUG records: ` function /path/to/file.py:123` at the end of the message.
#[must_use]
pub fn of_debug(headline: &str) -> Option<SourceLocation> {
    let (rest, place) = headline.rsplit_once(' ')?;
    let (path, line) = place.rsplit_once(".py:")?;
    let function = rest.rsplit(' ').next()?;
    let file = format!("{path}.py");
    let file = ["site-packages/", "dist-packages/"].iter().find_map(|p| file.rsplit_once(p)).map(|(_, f)| f.to_owned())?;
    is_project(&file).then_some(SourceLocation { file, line: line.parse().ok(), function: Some(function.into()) })
}

fn is_project(file: &str) -> bool {
    file.split_once('/').is_some_and(|(package, _)| LAYERS.projects.iter().any(|p| p == package))
}

fn is_passing(frame: &Frame) -> bool {
    let part = |p: &String| frame.file.contains(p.as_str());
    LAYERS.passing.iter().any(part) || LAYERS.wrappers.iter().any(|w| w == frame.function)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traceback;

    fn files(text: &str) -> Vec<String> {
        let traces = traceback::read(text);
        locations(&traces[0]).into_iter().map(|l| format!("{}:{}", l.file, l.function.unwrap_or_default())).collect()
    }

    #[test]
    fn the_innermost_working_frame_comes_first() {
        let text = "Traceback (most recent call last):\n  File \"/usr/lib/python3/dist-packages/nova/api/openstack/wsgi.py\", line 1, in dispatch\n  File \"/usr/lib/python3/dist-packages/nova/compute/api.py\", line 2, in reboot\n  File \"/usr/lib/python3/dist-packages/nova/compute/rpcapi.py\", line 3, in reboot_instance\n  File \"/usr/lib/python3/dist-packages/oslo_messaging/rpc/client.py\", line 4, in call\nAttributeError: x";
        assert_eq!(
            files(text),
            ["nova/compute/api.py:reboot", "nova/compute/rpcapi.py:reboot_instance", "nova/api/openstack/wsgi.py:dispatch"]
        );
    }

    #[test]
    fn a_complaint_of_a_value_points_to_what_the_layer_calls() {
        let text = |exception: &str, through: &str| {
            format!(
                "Traceback (most recent call last):\n  File \"/usr/lib/python3/dist-packages/{through}\", line 1, in create\n  File \"/usr/lib/python3/dist-packages/nova/api/openstack/compute/servers.py\", line 2, in create\n{exception}"
            )
        };
        let callee_of = |text: &str| {
            let traces = traceback::read(text);
            callee(&traces[0], &locations(&traces[0])[0]).map(|l| l.file)
        };
        let complaint = "TypeError: 'NoneType' object is not iterable";
        assert_eq!(callee_of(&text(complaint, "nova/api/openstack/wsgi.py")).as_deref(), Some("nova/compute/api.py"));
        assert_eq!(callee_of(&text(complaint, "nova/compute/api.py")), None, "it passed the value on");
        assert_eq!(callee_of(&text("nova.exception.NotFound: x", "nova/api/openstack/wsgi.py")), None, "it is no complaint");
    }

    #[test]
    fn loggers_and_debug_records_name_files() {
        assert_eq!(of_logger("nova.compute.manager").map(|l| l.file).as_deref(), Some("nova/compute/manager.py"));
        assert_eq!(of_logger("oslo_messaging.rpc.server"), None);
        let location = of_debug("Running task run_tasks /usr/lib/python2.7/site-packages/nova/manager.py:215");
        assert_eq!(
            location.map(|l| (l.file, l.line, l.function)),
            Some(("nova/manager.py".into(), Some(215), Some("run_tasks".into())))
        );
    }
}
