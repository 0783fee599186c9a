//! What the window needs from the desktop; the command line works without.

use std::{env, path::Path, process::Command};

use super::Finding;

/// The library that draws the window on Linux; the other platforms bring their own.
pub(super) fn webview() -> Option<Finding> {
    let linked = || printed("ldconfig", &["-p"]).is_some_and(|list| list.contains("libwebkit2gtk-4.1.so"));
    let packaged = || printed("pkg-config", &["--modversion", "webkit2gtk-4.1"]).is_some();
    cfg!(target_os = "linux").then(|| {
        if linked() || packaged() {
            return Finding::works("window", "WebKitGTK 4.1 is installed");
        }
        let remedy = "install libwebkit2gtk-4.1-0 (Debian, Ubuntu) or webkit2gtk4.1 (Fedora); the command line works without";
        Finding::lacks("window", "WebKitGTK 4.1 was not found", remedy)
    })
}

/// The way to the Secret Service, which keeps keys on Linux; the other platforms bring their own keychain.
pub(super) fn keychain() -> Option<Finding> {
    let address = env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty());
    let socket = env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| Path::new(&folder).join("bus").exists());
    cfg!(target_os = "linux").then(|| {
        if address || socket {
            return Finding::works("keychain", "a session bus is there, on which the Secret Service answers");
        }
        let remedy = "nothing needs one yet; a desktop session with GNOME Keyring or KWallet has one";
        Finding::lacks("keychain", "there is no session bus, so no key can be kept", remedy)
    })
}

/// What a program prints, if it is there and succeeds.
fn printed(program: &str, args: &[&str]) -> Option<String> {
    // ldconfig is where a user's PATH often does not lead.
    let path = env::var("PATH").unwrap_or_default() + ":/usr/sbin:/sbin";
    let output = Command::new(program).args(args).env("PATH", path).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
