//! The moment in which following begins: what is written then is neither lost nor taken for known.

use super::*;

const LOG: &str = "nova-compute.log";

#[test]
fn what_is_written_while_the_logs_are_read_is_not_known() {
    let logs = Followed::of(&[(LOG, &line(0, "ERROR", "The message bus did not answer"))]);
    let mut follower = logs.begin();
    logs.append(LOG, &line(1, "ERROR", "Instance failed to spawn"));
    logs.append("new.log", &line(1, "ERROR", "Something else broke"));
    follower.know(&logs.load());
    logs.append(LOG, &line(2, "ERROR", "The message bus did not answer"));
    let told = told(&mut follower, 3, 0);
    let messages: Vec<&str> = told.iter().map(|a| a.message.as_str()).collect();
    assert_eq!(messages, ["Instance failed to spawn", "Something else broke"]);
}

#[test]
fn logs_that_were_read_before_are_known_as_far_as_they_went() {
    let logs = Followed::of(&[(LOG, &line(0, "ERROR", "The message bus did not answer"))]);
    let read = logs.load();
    logs.append(LOG, &line(1, "INFO", "between"));
    let mut follower = logs.begin();
    follower.know(&read);
    logs.append(LOG, &line(2, "ERROR", "The message bus did not answer"));
    assert_eq!(told(&mut follower, 1, 0), []);
}

#[test]
fn rotation_while_the_logs_are_read_changes_nothing() {
    let logs = Followed::of(&[(LOG, &line(0, "ERROR", "The message bus did not answer"))]);
    let mut follower = logs.begin();
    logs.append(LOG, &line(1, "ERROR", "Instance failed to spawn"));
    logs.rename(LOG, "nova-compute.log.1");
    logs.append(LOG, &line(2, "ERROR", "The message bus did not answer"));
    follower.know(&logs.load());
    let told = told(&mut follower, 2, 0);
    assert_eq!(told.iter().map(|a| a.message.as_str()).collect::<Vec<_>>(), ["Instance failed to spawn"]);
}

#[test]
fn half_a_line_at_the_beginning_is_read_when_it_is_whole() {
    let (first, second) = (line(0, "INFO", "ready"), line(1, "ERROR", "Instance failed to spawn"));
    for cut in [10, second.len() - 10, second.len() - 1] {
        let logs = Followed::of(&[(LOG, &(first.clone() + &second[..cut]))]);
        let mut follower = logs.begin();
        logs.append(LOG, &second[cut..]);
        follower.know(&logs.load());
        let told = told(&mut follower, 1, 0);
        assert_eq!(told.len(), 1, "{cut}: {told:?}");
        assert_eq!((told[0].message.as_str(), told[0].line), ("Instance failed to spawn", 2));
    }
}

#[test]
fn a_last_line_without_its_end_is_known_and_told_no_more() {
    let logs = Followed::of(&[(LOG, line(0, "ERROR", "Instance failed to spawn").trim_end())]);
    let mut follower = logs.follow();
    assert_eq!(events(&looks(&mut follower)), (0, 0));
    logs.remove(LOG);
    assert_eq!(events(&looks(&mut follower)), (0, 0));
    logs.append("other.log", &line(3, "ERROR", "Instance failed to spawn"));
    assert_eq!(told(&mut follower, 1, 0), []);
}

#[test]
fn what_archives_and_arrays_hold_is_known() {
    let record = "{\"_source\":{\"Payload\":\"Instance failed to spawn\",\"log_level\":\"ERROR\",\"python_module\":\"nova.compute.manager\",\"@timestamp\":\"2025-01-01T10:00:00Z\"}}";
    let logs = Followed::of(&[("hits.json", &format!("[{record},\n{record}]\n"))]);
    logs.write_packed("nova-compute.log.1.gz", line(0, "ERROR", "The message bus did not answer").as_bytes());
    let mut follower = logs.follow();
    logs.append(LOG, &line(2, "ERROR", "The message bus did not answer"));
    logs.append(LOG, &line(2, "ERROR", "Instance failed to spawn"));
    assert_eq!(told(&mut follower, 2, 0), []);
}

#[test]
fn what_was_written_since_the_logs_were_read_comes_with_the_first_look() {
    let bus = "The message bus did not answer";
    let logs = Followed::of(&[(LOG, &line(0, "ERROR", bus)), ("notes", "no log\n"), ("b.log", &line(0, "INFO", "ready"))]);
    logs.append("half.log", &line(0, "INFO", "ready")[..40]);
    logs.write_packed("old.log.1.gz", line(0, "INFO", "old").as_bytes());
    let record = "{\"_source\":{\"Payload\":\"One\",\"log_level\":\"ERROR\",\"@timestamp\":\"2025-01-01T10:00:00Z\"}}";
    logs.append("hits.json", &format!("[{record},\n{record}]\n"));
    let read = logs.load();
    logs.append(LOG, &line(1, "ERROR", bus));
    logs.rename(LOG, "nova-compute.log.1");
    logs.append(LOG, &line(2, "ERROR", "Instance failed to spawn"));
    logs.append("half.log", &line(0, "INFO", "ready")[40..]);
    logs.append("new.log", &line(3, "WARNING", "Something new"));
    fs::write(logs.path("b.log"), line(4, "INFO", "written anew")).unwrap();
    let mut follower = Follower::since(logs.0.path(), Reading::default(), None, &read).unwrap();
    let told = told(&mut follower, 2, 2);
    let messages: Vec<&str> = told.iter().map(|a| a.message.as_str()).collect();
    assert_eq!(messages, ["Instance failed to spawn", "Something new"]);
    assert_eq!(events(&looks(&mut follower)), (0, 0));
}
