//! What goes wrong, as it crosses over to the window.

use std::error::Error;

use serde::Serialize;
use ts_rs::TS;

/// Something went wrong: what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Failure {
    /// A stable word that the window branches on.
    pub code: String,
    /// What went wrong, naming the path or setting concerned.
    pub message: String,
    /// What the user can do about it.
    pub hint: String,
    /// What lies beneath, for a bug report.
    pub detail: Option<String>,
}

impl Failure {
    /// A failure of the window's own.
    pub fn new(code: &str, message: &str, hint: &str) -> Self {
        Self { code: code.into(), message: message.into(), hint: hint.into(), detail: None }
    }

    /// A fault of the program itself, not of what the user gave it.
    pub fn internal(message: &str, cause: &dyn Error) -> Self {
        Self {
            code: "internal".into(),
            message: message.into(),
            hint: "try again; if it happens again, report it with the detail below".into(),
            detail: Some(cause.to_string()),
        }
    }
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Self {
        Self {
            code: error.code().into(),
            message: error.to_string(),
            hint: error.hint().into(),
            detail: error.source().map(ToString::to_string),
        }
    }
}

impl From<settings::Error> for Failure {
    fn from(error: settings::Error) -> Self {
        Self {
            code: error.code().into(),
            message: error.to_string(),
            hint: error.hint().into(),
            detail: error.source().map(ToString::to_string),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_error_keeps_its_code_message_and_hint() {
        let failure = Failure::from(engine::Error::Empty("/logs".into()));
        assert_eq!(failure.code, "empty");
        assert_eq!(failure.message, "/logs is empty");
        assert!(failure.hint.contains("choose the folder"));
    }

    #[test]
    fn the_system_s_reason_is_the_detail() {
        let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let failure = Failure::from(engine::Error::Io { path: "/logs".into(), source: denied });
        assert_eq!(failure.code, "permission");
        assert_eq!(failure.detail.as_deref(), Some("permission denied"));
    }
}
