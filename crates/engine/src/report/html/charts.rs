//! The charts of a report as inline SVG, coloured by the classes of the style sheet.

use std::fmt::Write;

use chrono::NaiveDateTime;

use super::markup::Plain;
use crate::report::{Change, Patterns, TemplateCount, TimeCount};

/// Width of a chart in its own units; it is drawn as wide as there is room.
const WIDTH: f64 = 720.0;
/// Services shown.
const SERVICES: usize = 12;
/// Templates shown.
const TEMPLATES: usize = 20;
/// Levels from the harmless at the bottom of a bar to the grave at its top: what their names begin with, the class and the word.
const LEVELS: [(&[&str], &str, &str); 4] = [
    (&["DEBUG", "TRACE", "AUDIT"], "debug", "Debug"),
    (&["INFO", "NOTICE", "NOTE"], "info", "Info"),
    (&["WARN"], "warning", "Warning"),
    (&["ERR", "CRIT", "FATAL", "EMERG", "ALERT"], "error", "Error"),
];

/// Events by time and level, with the line of those that depart from normal on a scale of its own.
pub fn times(patterns: &Patterns) -> String {
    let times = &patterns.times;
    let Some(plot) = Plot::of(times, f64::from(patterns.bucket_seconds)) else { return String::new() };
    let mut out = format!("<svg viewBox=\"0 0 {WIDTH} 210\" role=\"img\" aria-label=\"Events by time and level\">");
    for share in [0.0, 0.5, 1.0] {
        let y = Plot::y(share);
        _ = write!(out, "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>");
        text(&mut out, (LEFT - 6.0, y + 3.5), "end", &short(plot.most * share));
        if plot.departing > 0.0 {
            _ = write!(
                out,
                "<text class=\"departing\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                RIGHT + 6.0,
                y + 3.5,
                short(plot.departing * share)
            );
        }
    }
    for time in times {
        plot.bar(time, &mut out);
    }
    plot.line(times, &mut out);
    plot.axis(times, &mut out);
    out.push_str("</svg>");
    out + &legend(times)
}

const LEFT: f64 = 46.0;
const RIGHT: f64 = WIDTH - 46.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 178.0;

/// Where times and counts lie in the chart.
struct Plot {
    start: f64,
    span: f64,
    bucket: f64,
    most: f64,
    departing: f64,
}

impl Plot {
    fn of(times: &[TimeCount], bucket: f64) -> Option<Self> {
        let start = seconds(&times.first()?.start)?;
        let span = seconds(&times.last()?.start)? + bucket - start;
        let most = times.iter().map(|time| time.levels.values().sum::<u64>()).max()? as f64;
        let departing = times.iter().map(|time| time.departing).max()? as f64;
        (span > 0.0 && most > 0.0).then_some(Self { start, span, bucket, most: ceiling(most), departing: ceiling(departing) })
    }

    fn x(&self, time: &TimeCount, part: f64) -> f64 {
        let at = seconds(&time.start).unwrap_or(self.start) + part * self.bucket;
        LEFT + (at - self.start) / self.span * (RIGHT - LEFT)
    }

    fn y(share: f64) -> f64 {
        BOTTOM - share * (BOTTOM - TOP)
    }

    fn bar(&self, time: &TimeCount, out: &mut String) {
        let (x, width) = (self.x(time, 0.04), (0.92 * self.bucket / self.span * (RIGHT - LEFT)).max(0.8));
        let mut below = 0.0;
        for (class, count) in by_class(time) {
            let (bottom, top) = (Self::y(below / self.most), Self::y((below + count) / self.most));
            if count > 0.0 {
                let height = bottom - top;
                _ = write!(
                    out,
                    "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
                );
            }
            below += count;
        }
    }

    fn line(&self, times: &[TimeCount], out: &mut String) {
        if self.departing <= 0.0 {
            return;
        }
        out.push_str("<polyline class=\"departing\" points=\"");
        for time in times {
            _ = write!(out, "{:.1},{:.1} ", self.x(time, 0.5), Self::y(time.departing as f64 / self.departing));
        }
        out.push_str("\"/>");
    }

    /// The first time, the last, and some between, none of them over another.
    fn axis(&self, times: &[TimeCount], out: &mut String) {
        let (first, last) = (&times[0].start, &times[times.len() - 1].start);
        let same_day = first.get(..10) == last.get(..10);
        let word = |iso: &str| iso.get(if same_day { 11..16 } else { 5..16 }).unwrap_or(iso).replace('T', " ");
        let (mut free, end) = (0.0, if same_day { RIGHT - 120.0 } else { RIGHT - 60.0 });
        for time in times {
            let x = self.x(time, 0.0);
            if x >= free && x <= end {
                text(out, (x, BOTTOM + 16.0), "start", &word(&time.start));
                free = x + 96.0;
            }
        }
        if same_day {
            text(out, (RIGHT, BOTTOM + 16.0), "end", first.get(..10).unwrap_or_default());
        }
    }
}

fn by_class(time: &TimeCount) -> impl Iterator<Item = (&'static str, f64)> {
    let mut counts = [0.0; LEVELS.len() + 1];
    for (name, count) in &time.levels {
        let name = name.to_uppercase();
        let level = LEVELS.iter().position(|(begins, ..)| begins.iter().any(|begin| name.starts_with(begin)));
        counts[level.map_or(0, |level| level + 1)] += *count as f64;
    }
    std::iter::once("other").chain(LEVELS.iter().map(|(_, class, _)| *class)).zip(counts)
}

fn legend(times: &[TimeCount]) -> String {
    let mut out = String::from("<p class=\"legend\">");
    let words = std::iter::once("Other").chain(LEVELS.iter().map(|(.., word)| *word));
    for (n, word) in words.enumerate() {
        let all: f64 = times.iter().filter_map(|time| by_class(time).nth(n)).map(|(_, count)| count).sum();
        if all > 0.0 {
            let class = word.to_lowercase();
            _ = write!(out, "<span><i class=\"key {class}\"></i>{word} {}</span>", grouped(all as u64));
        }
    }
    let departing: u64 = times.iter().map(|time| time.departing).sum();
    if departing > 0 {
        _ = write!(
            out,
            "<span><i class=\"key departing\"></i>Departing from normal {} (right-hand scale)</span>",
            grouped(departing)
        );
    }
    out + "</p>"
}

/// Services, the one with most errors first: errors and departing events, on one scale.
pub fn services(patterns: &Patterns) -> String {
    let mut all: Vec<_> = patterns.services.iter().filter(|service| service.errors + service.departing > 0).collect();
    all.sort_by_key(|service| std::cmp::Reverse((service.errors, service.departing)));
    all.truncate(SERVICES);
    let most = all.iter().map(|service| service.errors.max(service.departing)).max().unwrap_or_default() as f64;
    let mut out = String::new();
    for service in all {
        let bar = |class: &str, count: u64| {
            let width = (count as f64 / most * 100.0).max(if count > 0 { 0.5 } else { 0.0 });
            format!("<rect class=\"{class}\" width=\"{width:.2}\" height=\"10\"/>")
        };
        let line = |class: &str, count: u64| {
            format!(
                "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{}</svg>",
                bar(class, count)
            )
        };
        _ = write!(
            out,
            "<tr><th>{}</th><td class=\"bars\">{}{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
            Plain(&service.service),
            line("error", service.errors),
            line("departing", service.departing),
            grouped(service.errors),
            grouped(service.departing),
            grouped(service.events),
        );
    }
    let head = "<tr><th>Service</th><th></th><th class=\"number\"><i class=\"key error\"></i>Errors</th><th class=\"number\"><i class=\"key departing\"></i>Departing</th><th class=\"number\">Events</th></tr>";
    if out.is_empty() { out } else { format!("<table class=\"services\"><thead>{head}</thead><tbody>{out}</tbody></table>") }
}

/// The templates that changed: from the count that is expected, a mark, to the one found, a dot.
pub fn templates(patterns: &Patterns) -> String {
    let rows: String =
        patterns.templates.iter().filter(|template| template.change != Change::Usual).take(TEMPLATES).map(template).collect();
    let head =
        "<tr><th>Change</th><th>Template</th><th class=\"number\">Expected</th><th></th><th class=\"number\">Found</th></tr>";
    if rows.is_empty() { rows } else { format!("<table class=\"templates\"><thead>{head}</thead><tbody>{rows}</tbody></table>") }
}

fn template(template: &TemplateCount) -> String {
    let (class, word) = match template.change {
        Change::New => ("violet", "New"),
        Change::Surging => ("red", "Surging"),
        Change::Vanished => ("amber", "Vanished"),
        Change::Usual => ("grey", "Usual"),
    };
    // A logarithmic scale with room for none, up to a million.
    let x = |count: f64| 4.0 + (count + 1.0).log10().min(6.0) / 6.0 * 112.0;
    let (from, to) = (x(template.expected.unwrap_or_default()), x(template.count as f64));
    let mark = template
        .expected
        .map_or(String::new(), |_| format!("<line class=\"expected\" x1=\"{from:.1}\" x2=\"{from:.1}\" y1=\"3\" y2=\"13\"/>"));
    let drawn = format!(
        "<svg class=\"change\" viewBox=\"0 0 120 16\" aria-hidden=\"true\"><line class=\"{class}\" x1=\"{from:.1}\" x2=\"{to:.1}\" y1=\"8\" \
         y2=\"8\"/>{mark}<circle class=\"{class}\" cx=\"{to:.1}\" cy=\"8\" r=\"3.5\"/></svg>"
    );
    let expected = template.expected.map_or_else(|| "\u{2013}".into(), few);
    format!(
        "<tr><td><span class=\"badge {class}\">{word}</span></td><td class=\"mono\">{}<small>{}</small></td><td class=\"number\">{expected}</td>\
         <td>{drawn}</td><td class=\"number\">{}</td></tr>",
        Plain(&template.template),
        Plain(template.service.as_deref().unwrap_or_default()),
        grouped(template.count),
    )
}

fn text(out: &mut String, (x, y): (f64, f64), anchor: &str, words: &str) {
    _ = write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>", Plain(words));
}

fn seconds(iso: &str) -> Option<f64> {
    let time = NaiveDateTime::parse_from_str(iso.get(..19)?, "%Y-%m-%dT%H:%M:%S").ok()?;
    Some(time.and_utc().timestamp() as f64)
}

/// The next round number above, of which the half is short too.
fn ceiling(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0].into_iter().map(|step| step * power).find(|round| *round >= value).unwrap_or(value)
}

/// A count where there is little room: `850`, `2.5k`, `3M`.
fn short(value: f64) -> String {
    let (value, unit) = match value {
        v if v >= 1e6 => (v / 1e6, "M"),
        v if v >= 1e4 => (v / 1e3, "k"),
        v => (v, ""),
    };
    format!("{}{unit}", (value * 10.0).round() / 10.0)
}

/// A count that need not be whole: one digit behind the point where it is small.
fn few(count: f64) -> String {
    if (0.05..9.95).contains(&count) { format!("{count:.1}") } else { grouped(count.round() as u64) }
}

/// A count with its digits in groups of three: `12,345`.
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::report;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0.0, 0.04, 0.3, 9.96, 1_234.4].map(few), ["0", "0", "0.3", "10", "1,234"]);
        assert_eq!([0.0, 2.5, 850.0, 25_000.0, 3e6].map(short), ["0", "2.5", "850", "25k", "3M"]);
        assert_eq!([0.0, 0.7, 1.0, 13.0, 2_300.0].map(|most| short(ceiling(most))), ["0", "0.8", "1", "20", "3000"]);
    }

    #[test]
    fn bars_stand_at_their_time_and_as_high_as_their_count() {
        let chart = times(&report().patterns);
        // Five minutes lie between the second bar and the third, and one between the first two.
        let bars: Vec<f64> =
            chart.split("<rect class=\"info\" x=\"").skip(1).filter_map(|part| part.split('"').next()?.parse().ok()).collect();
        assert_eq!(bars.len(), 3);
        assert!(((bars[2] - bars[1]) / (bars[1] - bars[0]) - 4.0).abs() < 0.05, "{bars:?}");
        for part in ["class=\"error\"", "<polyline class=\"departing\"", ">09:36<", ">2000<", ">2026-03-02<", "Error 80"] {
            assert!(chart.contains(part), "{part}: {chart}");
        }
    }

    #[test]
    fn without_times_services_or_templates_there_is_no_chart() {
        let none = Patterns::default();
        assert!(times(&none).is_empty() && services(&none).is_empty() && templates(&none).is_empty());
    }

    #[test]
    fn services_stand_by_errors_and_templates_by_change() {
        let patterns = report().patterns;
        let services = services(&patterns);
        let places: Vec<_> = ["nova-conductor", "nova-scheduler", "nova-compute"].map(|name| services.find(name)).to_vec();
        assert!(places.is_sorted() && places[0].is_some(), "{services}");
        let templates = templates(&patterns);
        for part in ["Filter &lt;*&gt; returned 0 hosts", "Surging", ">0.3<", ">38<"] {
            assert!(templates.contains(part), "{part}: {templates}");
        }
    }
}
