//! Set-up: finds what is missing, says what and why, and installs it. Where all is there, it runs nothing but the checks.

mod machine;
mod needs;

use anyhow::{Result, bail};

pub use machine::{Host, Machine, System};
use needs::{Installer, NEEDS, Need};

/// The oldest Node that the front end's tools accept.
const NODE: (u32, u32) = (20, 19);

/// What the set-up is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To build and open the window.
    Run,
    /// To run all checks and tests.
    Test,
    /// To measure beside other programs.
    Bench,
}

/// Makes the machine ready.
///
/// # Errors
/// One sentence that names what is missing and what to do, where it cannot be installed from here.
pub fn prepare(machine: &dyn Machine, purpose: Purpose) -> Result<()> {
    node(machine)?;
    if purpose == Purpose::Test {
        components(machine)?;
    }
    match machine.system() {
        System::Linux => packages(machine, purpose),
        System::Mac => xcode(machine),
        System::Windows => webview(machine),
    }
}

/// Makes the machine ready to measure beside other programs.
///
/// # Errors
/// One sentence that names what is missing, where it cannot be installed from here.
pub fn bench(machine: &dyn Machine) -> Result<()> {
    if machine.system() == System::Linux {
        return packages(machine, Purpose::Bench);
    }
    let missing: Vec<_> = missing(machine, Purpose::Bench).iter().map(|need| need.name).collect();
    if !missing.is_empty() {
        bail!("the benchmark compares with programs that are missing here: install {} yourself", missing.join(", "));
    }
    Ok(())
}

/// Fails with one sentence where no window can be opened.
///
/// # Errors
/// On Linux without a display.
pub fn display(machine: &dyn Machine) -> Result<()> {
    if machine.system() == System::Linux && !machine.display() {
        bail!(
            "there is no display here to open a window on (neither WAYLAND_DISPLAY nor DISPLAY is set): run this in a \
             desktop session, or use the command line: cargo run --release --bin openstack-rca -- analyze --logs FOLDER"
        );
    }
    Ok(())
}

fn node(machine: &dyn Machine) -> Result<()> {
    let remedy = "it builds the window's content: install it from https://nodejs.org or your distribution";
    let wanted = format!("Node {}.{} or newer", NODE.0, NODE.1);
    let Some(found) = machine.says(&["node", "--version"]) else {
        bail!("{wanted} is not installed; {remedy}");
    };
    if version(&found).is_none_or(|version| version < NODE) {
        bail!("{wanted} is needed, and this is {}; {remedy}", found.trim());
    }
    if machine.says(&[crate::shell::npm(), "--version"]).is_none() {
        bail!("npm is not installed, though Node is; it comes with Node from https://nodejs.org, or as a package named npm");
    }
    Ok(())
}

/// Major and minor of `v20.19.2`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// The parts of Rust that only tests need.
fn components(machine: &dyn Machine) -> Result<()> {
    let all = [("clippy", ["cargo-clippy", "--version"]), ("rustfmt", ["rustfmt", "--version"])];
    let missing: Vec<_> = all.iter().filter(|(_, asks)| machine.says(asks).is_none()).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" and ");
    if !machine.has(needs::Check::Program("rustup")) {
        bail!("{names} of Rust is missing, and there is no rustup to add it: install it from where your Rust came from");
    }
    println!("Missing: {names}, which check the Rust code. Adding with rustup.");
    machine.does(&[&["rustup", "component", "add"], missing.as_slice()].concat())
}

fn xcode(machine: &dyn Machine) -> Result<()> {
    if machine.says(&["xcode-select", "-p"]).is_none() {
        bail!("Xcode's command-line tools are missing, which hold the linker: run `xcode-select --install`, then this again");
    }
    Ok(())
}

fn webview(machine: &dyn Machine) -> Result<()> {
    let key = r"SOFTWARE\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let wide = key.replacen(r"SOFTWARE\", r"SOFTWARE\WOW6432Node\", 1);
    let places = [format!(r"HKLM\{wide}"), format!(r"HKLM\{key}"), format!(r"HKCU\{key}")];
    if !places.iter().any(|place| machine.says(&["reg", "query", place, "/v", "pv"]).is_some()) {
        bail!(
            "Microsoft's WebView2 is missing, which draws the window: install it from https://go.microsoft.com/fwlink/p/?LinkId=2124703"
        );
    }
    Ok(())
}

fn missing(machine: &dyn Machine, purpose: Purpose) -> Vec<&'static Need> {
    let wanted = |need: &&Need| match purpose {
        Purpose::Test => need.purpose != Purpose::Bench,
        Purpose::Run | Purpose::Bench => need.purpose == purpose,
    };
    NEEDS.iter().filter(wanted).filter(|need| !machine.has(need.check)).collect()
}

fn packages(machine: &dyn Machine, purpose: Purpose) -> Result<()> {
    let missing = missing(machine, purpose);
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        println!("Missing: {}, which {}.", need.name, need.why);
    }
    let names: Vec<_> = missing.iter().map(|need| need.name).collect();
    let Some(installer) = Installer::ALL.into_iter().find(|installer| machine.has(installer.check())) else {
        bail!("no package manager that this program knows (apt, dnf, pacman, zypper): install {} yourself", names.join(", "));
    };
    install(machine, installer, &installer.packages(&missing))?;
    let still: Vec<_> = missing.iter().filter(|need| !machine.has(need.check)).map(|need| need.name).collect();
    if !still.is_empty() {
        bail!("the packages were installed, and yet this is missing: {}: install it yourself", still.join(", "));
    }
    Ok(())
}

fn install(machine: &dyn Machine, installer: Installer, packages: &[&str]) -> Result<()> {
    let plain = installer.install(packages);
    let right: &[&str] = match machine {
        machine if machine.root() => &[],
        machine if machine.has(needs::Check::Program("sudo")) => &["sudo"],
        _ => bail!("installing needs root and there is no sudo: run `{}` as root, then this again", plain.join(" ")),
    };
    let line = [right, plain.as_slice()].concat();
    println!("Installing: {}", line.join(" "));
    let refresh = installer.refresh().map(|refresh| [right, refresh].concat());
    if let Some(refresh) = refresh.as_ref().filter(|_| !machine.lists()) {
        machine.does(refresh)?;
        return machine.does(&line);
    }
    // Lists that are there can be out of date and name versions that are gone: then they are fetched, and it is tried again.
    match (machine.does(&line), refresh) {
        (Err(_), Some(refresh)) => machine.does(&refresh).and_then(|()| machine.does(&line)),
        (done, _) => done,
    }
}

#[cfg(test)]
mod tests;
