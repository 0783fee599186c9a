//! Forms that lines alone do not tell: what the file says at its start, and in the record before, counts for what is appended.

use super::*;

#[test]
fn rows_of_a_table_are_read_by_the_names_at_its_start() {
    let logs = Followed::of(&[("export.csv", "\"@timestamp\",Hostname,programname,log_level,python_module,Payload\n")]);
    let row = |second: u32, level: &str, text: &str| {
        format!("\"Jan 1, 2024 @ 10:00:{second:02}.000\",ctl-1,nova-compute,{level},nova.x,\"{text}\"\n")
    };
    logs.append("export.csv", &row(0, "INFO", "Claim successful"));
    let mut follower = logs.follow();
    logs.append(
        "export.csv",
        &(row(1, "INFO", "Claim successful") + &row(2, "ERROR", "Failed: \"\"disk\"\", full\nin two lines")),
    );
    let told = told(&mut follower, 1, 1);
    assert_eq!((told[0].message.as_str(), told[0].line), ("Failed: \"disk\", full", 4));
    assert_eq!((told[0].service.as_deref(), told[0].host.as_deref()), (Some("nova-compute"), Some("ctl-1")));
    assert_eq!(told[0].timestamp.as_deref(), Some("2024-01-01T10:00:02.000"));
}

#[test]
fn a_table_that_appears_is_read_to_its_end() {
    let logs = Followed::of(&[("nova-api.log", &line(0, "INFO", "ready"))]);
    let mut follower = logs.follow();
    logs.append("export.csv", "Timestamp,Payload,log_level\n\"Jan 1, 2024 @ 10:00:00.000\",One,INFO\n");
    assert_eq!(events(&looks(&mut follower)), (0, 1));
    logs.append("export.csv", "\"Jan 1, 2024 @ 10:00:01.000\",Two,ERROR\n");
    assert_eq!(told(&mut follower, 1, 0)[0].line, 3);
}

#[test]
fn json_goes_on_as_it_began() {
    let start = "{\"message\": \"Starting\", \"asctime\": \"2024-01-01 10:00:00,123\", \"name\": \"nova.service\", \"levelname\": \"INFO\"}\n";
    let logs = Followed::of(&[("app.json", start)]);
    let mut follower = logs.follow();
    logs.append("app.json", &start.replace("Starting", "Boom").replace("INFO", "ERROR"));
    assert_eq!(told(&mut follower, 1, 0)[0].message, "Boom");
}

#[test]
fn a_traceback_that_comes_in_parts_is_one_event() {
    let docker =
        |text: &str| format!("{{\"log\":\"{text}\\n\",\"stream\":\"stderr\",\"time\":\"2024-01-01T10:00:00.223456789Z\"}}\n");
    // A line of a traceback has the record's header, without its context.
    let oslo = |text: &str| line(1, "ERROR", text).replace("[-] ", if text == "Boom" { "[-] " } else { "" });
    let in_docker = |text: &str| docker(&text.replace('"', "\\\""));
    let heads = [oslo("Boom"), docker(oslo("Boom").trim_end())];
    let forms: [&dyn Fn(&str) -> String; 2] = [&oslo, &in_docker];
    for ((name, head), form) in ["nova-compute.log", "x-json.log"].iter().zip(heads).zip(forms) {
        let logs = Followed::of(&[(name, &head.replace("Boom", "ready").replace("ERROR", "INFO"))]);
        let mut follower = logs.follow();
        logs.append(name, &head);
        let mut pulses = vec![follower.look(&Silent).unwrap()];
        for text in ["Traceback (most recent call last):", "  File \"/x.py\", line 1, in f", "ValueError: no"] {
            logs.append(name, &form(text));
            pulses.push(follower.look(&Silent).unwrap());
        }
        // It rests, so it is told; what comes later belongs to it all the same.
        pulses.extend(looks(&mut follower));
        logs.append(name, &form("    raise later"));
        pulses.extend(looks(&mut follower));
        assert_eq!(events(&pulses), (1, 0), "{name}: {pulses:?}");
    }
}

#[test]
fn what_goes_on_with_a_record_from_before_is_no_event() {
    let logs = Followed::of(&[("nova-compute.log", &line(1, "ERROR", "Boom"))]);
    let mut follower = logs.follow();
    let repeated = line(1, "ERROR", "Traceback (most recent call last):").replace("[-] ", "");
    logs.append("nova-compute.log", &(repeated + "  in plain lines\n"));
    logs.append("nova-compute.log", &line(2, "INFO", "on it goes"));
    assert_eq!(events(&looks(&mut follower)), (0, 1));
}

#[test]
fn times_without_a_year_get_that_of_the_file() {
    let logs = Followed::of(&[("messages", "Jun  8 10:48:13 ctl-1 cron[29]: (root) CMD\n")]);
    let mut follower = logs.follow();
    logs.append("messages", "<11>Jun  8 10:48:14 ctl-1 sshd[30]: error: no space left\n");
    let time = told(&mut follower, 1, 0)[0].timestamp.clone().unwrap();
    assert!(time.starts_with("20") && time.ends_with("-06-08T10:48:14.000"), "{time}");
}

#[test]
fn whose_a_file_is_stands_at_its_start() {
    let logs = Followed::of(&[("x.log", &(0..4).map(|n| line(n, "INFO", "ready")).collect::<String>())]);
    let mut follower = logs.follow();
    logs.append("x.log", "2025-01-01 10:00:09.000 7 ERROR oslo_messaging.rpc [-] No reply\n");
    assert_eq!(told(&mut follower, 1, 0)[0].service.as_deref(), Some("nova-compute"));
}
