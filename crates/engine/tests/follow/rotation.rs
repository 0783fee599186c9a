//! Whatever happens to files while they are followed, each line is read once.

use std::{thread, time::Duration};

use super::*;

const LOG: &str = "nova-api.log";

/// Follows one log with a line, and three more that are there before the first look and after it.
fn check(rotate: impl Fn(&Followed)) {
    let logs = Followed::of(&[(LOG, &line(0, "INFO", "ready"))]);
    let mut follower = logs.follow();
    logs.append(LOG, &line(1, "INFO", "first"));
    let mut pulses = vec![follower.look(&Silent).unwrap()];
    logs.append(LOG, &line(2, "INFO", "second"));
    rotate(&logs);
    pulses.push(follower.look(&Silent).unwrap());
    logs.append(LOG, &line(3, "INFO", "third"));
    for _ in 0..3 {
        pulses.extend(looks(&mut follower));
    }
    assert_eq!(events(&pulses), (0, 3), "{pulses:?}");
}

#[test]
fn a_log_may_be_renamed() {
    check(|logs| logs.rename(LOG, "nova-api.log.1"));
    check(|logs| {
        logs.rename(LOG, "nova-api.log-20250101");
        logs.append(LOG, "");
    });
}

#[test]
fn a_log_may_be_copied_and_cut_short() {
    check(|logs| logs.copy_and_cut(LOG, "nova-api.log.1"));
    // A copy that stays is no new log.
    check(|logs| _ = fs::copy(logs.path(LOG), logs.path("kept.log")).unwrap());
}

/// Packs a file as gzip does.
fn pack(logs: &Followed, name: &str) {
    logs.write_packed(&format!("{name}.gz"), &fs::read(logs.path(name)).unwrap());
    logs.remove(name);
}

#[test]
fn a_log_may_be_packed_as_soon_as_it_is_rotated() {
    check(|logs| {
        logs.rename(LOG, "nova-api.log-20250101");
        pack(logs, "nova-api.log-20250101");
    });
    check(|logs| {
        logs.copy_and_cut(LOG, "nova-api.log.1");
        pack(logs, "nova-api.log.1");
    });
}

#[test]
fn a_log_may_be_replaced_by_one_that_goes_on() {
    check(|logs| {
        let text = fs::read(logs.path(LOG)).unwrap();
        fs::write(logs.path("aside"), text).unwrap();
        logs.rename("aside", LOG);
    });
}

#[test]
fn what_is_packed_after_rotation_is_not_read_as_text() {
    let logs = Followed::of(&[(LOG, &line(0, "INFO", "ready"))]);
    let mut follower = logs.follow();
    logs.append(LOG, &line(1, "INFO", "first"));
    logs.rename(LOG, "nova-api.log.1");
    let mut pulses = looks(&mut follower);
    pack(&logs, "nova-api.log.1");
    logs.append(LOG, &line(2, "INFO", "second"));
    pulses.extend(looks(&mut follower));
    assert_eq!(events(&pulses), (0, 2), "{pulses:?}");
    assert!(pulses.iter().all(|p| p.events.others == 0), "{pulses:?}");
}

#[test]
fn a_file_of_the_same_size_and_end_is_another_one() {
    let tail = "Running periodic task ComputeManager._cleanup_running_deleted_instances as it does every few seconds, since that is its task";
    let logs = Followed::of(&[(LOG, &line(0, "INFO", tail))]);
    let mut follower = logs.follow();
    logs.remove(LOG);
    logs.append(LOG, &line(1, "INFO", tail));
    assert_eq!(events(&looks(&mut follower)), (0, 1));
    // Written anew in its place.
    fs::write(logs.path(LOG), line(2, "INFO", tail)).unwrap();
    assert_eq!(events(&looks(&mut follower)), (0, 1));
}

#[test]
fn a_file_without_its_last_line_end_is_read_when_it_goes() {
    let logs = Followed::of(&[(LOG, &line(0, "INFO", "ready"))]);
    let mut follower = logs.follow();
    logs.append(LOG, line(1, "ERROR", "Killed in the middle of it").trim_end());
    assert_eq!(events(&looks(&mut follower)), (0, 0));
    logs.remove(LOG);
    assert_eq!(told(&mut follower, 1, 0)[0].line, 2);
}

#[test]
fn the_hole_of_a_log_that_was_cut_short_in_use_is_passed_over() {
    let logs = Followed::of(&[(LOG, &line(0, "INFO", "ready").repeat(1000))]);
    let mut follower = logs.follow();
    let place = fs::metadata(logs.path(LOG)).unwrap().len() + (20 << 20);
    let file = OpenOptions::new().write(true).truncate(true).open(logs.path(LOG)).unwrap();
    file.set_len(place).unwrap();
    logs.append(LOG, &line(1, "ERROR", "Behind the hole"));
    let told = told(&mut follower, 1, 0);
    assert_eq!((told[0].message.as_str(), told[0].line), ("Behind the hole", 1));
    logs.append(LOG, &line(2, "INFO", "on it goes"));
    assert_eq!(events(&looks(&mut follower)), (0, 1));
}

/// Copies a log and cuts it short, as often as this, after every few lines; gives how many lines.
fn write_and_rotate(logs: &Followed, times: u32) -> u32 {
    const PORTION: u32 = 20;
    for rotated in 0..times {
        for n in 0..PORTION {
            logs.append(LOG, &line(rotated * PORTION + n, "INFO", &format!("Took {n}.5 seconds")));
        }
        for n in (1..=rotated).rev() {
            logs.rename(&format!("{LOG}.{n}"), &format!("{LOG}.{}", n + 1));
        }
        logs.copy_and_cut(LOG, &format!("{LOG}.1"));
        thread::sleep(Duration::from_millis(5));
    }
    times * PORTION
}

#[test]
fn no_line_is_lost_or_read_twice_while_a_log_is_copied_and_cut_short_all_the_time() {
    let logs = Followed::of(&[(LOG, "")]);
    let mut follower = logs.follow();
    let (mut pulses, written) = thread::scope(|scope| {
        let writer = scope.spawn(|| write_and_rotate(&logs, 60));
        let mut pulses = Vec::new();
        while !writer.is_finished() {
            pulses.push(follower.look(&Silent).unwrap());
        }
        (pulses, writer.join().unwrap())
    });
    for _ in 0..3 {
        pulses.extend(looks(&mut follower));
    }
    assert_eq!(events(&pulses), (0, written));
}

#[test]
fn logs_that_were_read_outlive_that_their_files_are_cut_short() {
    let logs = Followed::of(&[(LOG, &line(0, "INFO", "ready").repeat(20_000))]);
    let read = logs.load();
    let mut follower = logs.begin();
    fs::write(logs.path(LOG), "").unwrap();
    follower.know(&read);
    let messages = (0..read.read.events.len()).map(|n| read.read.message(n)).filter(|m| m == "ready").count();
    assert!(messages < 20_000, "what is gone is empty");
    logs.append(LOG, &line(1, "INFO", "on it goes"));
    assert_eq!(events(&looks(&mut follower)), (0, 1));
}
